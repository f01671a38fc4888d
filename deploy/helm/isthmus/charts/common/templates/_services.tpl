{{/*
Services of a program: one address for callers that do not balance, a headless one whose name gives every replica to those that do
(gRPC keeps its connections, so a single address would send all calls of a client to one replica), one for the operators, and one
that tells health in plain text to whoever the network policy lets through.
*/}}
{{- define "isthmus.services" -}}
{{- $root := .root -}}
{{- $name := include "isthmus.fullname" $root -}}
{{- range list (dict "suffix" "" "port" "grpc" "headless" false) (dict "suffix" "-headless" "port" "grpc" "headless" true) (dict "suffix" "-admin" "port" "admin" "headless" false) (dict "suffix" "-health" "port" "health" "headless" true) }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}{{ .suffix }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "isthmus.labels" $root | nindent 4 }}
spec:
  {{- if .headless }}
  clusterIP: None
  publishNotReadyAddresses: {{ eq .port "health" }}
  {{- else }}
  type: ClusterIP
  {{- if eq .port "admin" }}
  # Also pods that do not serve: what keeps them from it may be a model, which operators then publish again.
  publishNotReadyAddresses: true
  {{- end }}
  {{- end }}
  selector:
    {{- include "isthmus.selectorLabels" ($.target | default $root) | nindent 4 }}
  ports:
    - name: {{ .port }}
      port: {{ index $.ports .port }}
      targetPort: {{ index $.ports .port }}
      appProtocol: {{ ternary "https" "kubernetes.io/h2c" (and $root.Values.global.tls.enabled (ne .port "health")) }}
      protocol: TCP
{{- end }}
{{- end -}}
