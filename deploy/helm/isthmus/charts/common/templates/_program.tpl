{{/*
All objects of a serving program.
usage: include "isthmus.program" (dict "root" $ "image" "retrieval" "env" "ISTHMUS_RETRIEVAL" "ports" $ports "own" $config)
  image   name of its image
  env     what its environment variables begin with
  ports   grpc, admin, health
  own     configuration that only this program has
  mounts  names of the optional mounts that it needs: trust, attestationKeys
  callers who may call it, none for a program without services: "outside" (the callers of the values), names of programs of this release
  calls   names of programs of this release that it calls, with their port
  network what it also reaches: database, objects, telemetry
*/}}
{{- define "isthmus.program" -}}
{{- $root := .root -}}
---
{{ include "isthmus.serviceAccount" $root }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "isthmus.fullname" $root }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "isthmus.labels" $root | nindent 4 }}
data:
  config.yaml: |
    {{- include "isthmus.configFile" . | nindent 4 }}
---
{{ include "isthmus.deployment" . }}
{{- if .callers }}
{{ include "isthmus.services" . }}
{{- end }}
---
{{ include "isthmus.disruption" $root }}
{{- if $root.Values.autoscaling.enabled }}
---
{{ include "isthmus.autoscaler" $root }}
{{- end }}
{{- if $root.Values.global.networkPolicy.enabled }}
---
{{ include "isthmus.networkPolicy" . }}
{{- end }}
{{- if and $root.Values.global.tls.enabled $root.Values.global.tls.certManager.enabled }}
---
{{ include "isthmus.certificate" $root }}
{{- end }}
{{- end -}}

{{- define "isthmus.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "isthmus.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "isthmus.labels" . | nindent 4 }}
  {{- with .Values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}
