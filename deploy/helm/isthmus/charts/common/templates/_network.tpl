{{/*
What a program may receive and reach. Everything else is denied by the policy of the release that selects all its pods.
The kubelet's probes come from the node, which network plugins let through.
*/}}
{{- define "isthmus.networkPolicy" -}}
{{- $root := .root -}}
{{- $policy := $root.Values.global.networkPolicy -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "isthmus.fullname" $root }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "isthmus.labels" $root | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "isthmus.selectorLabels" (.target | default $root) | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- with .callers }}
    # Callers of the services.
    - ports: [{ protocol: TCP, port: {{ $.ports.grpc }} }]
      from:
        {{- range . }}
        {{- if eq . "outside" }}
        {{- toYaml $policy.callers | nindent 8 }}
        {{- else }}
        {{ include "isthmus.peer" (list $root .) | nindent 8 | trim }}
        {{- end }}
        {{- end }}
    {{- end }}
    # Operators.
    - ports: [{ protocol: TCP, port: {{ .ports.admin }} }]
      from:
        {{- toYaml $policy.operators | nindent 8 }}
    # Tests of the release.
    - ports: [{ protocol: TCP, port: {{ .ports.health }} }]
      from:
        {{ include "isthmus.peer" (list $root "tests") | nindent 8 | trim }}
  egress:
    {{- include "isthmus.egress" . | nindent 4 }}
{{- end -}}

{{/* Named ways out. A call is {name, port}, and `outside` where it leaves the release. usage: include "isthmus.egress" (dict "root" $ "calls" $calls "network" $names) */}}
{{- define "isthmus.egress" -}}
{{- $root := .root -}}
{{- $policy := $root.Values.global.networkPolicy -}}
# Names.
- ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
  to:
    {{- toYaml $policy.dns | nindent 4 }}
{{- range .calls }}
# {{ .name }}
- ports: [{ protocol: TCP, port: {{ .port }} }]
  to:
    {{- if .outside }}
    - namespaceSelector: {}
    - ipBlock: { cidr: 0.0.0.0/0, except: [169.254.0.0/16] }
    {{- else }}
    {{ include "isthmus.peer" (list $root .name) | nindent 4 | trim }}
    {{- end }}
{{- end }}
{{- range .network }}
{{- $way := index $policy.egress . }}
{{- if or (ne . "telemetry") (include "isthmus.otlpEndpoint" $root) }}
# {{ . }}
- ports:
    {{- range $way.ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
  to:
    {{- toYaml $way.to | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The pods of a program of this release. */}}
{{- define "isthmus.peer" -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/name: {{ index . 1 }}
      app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end -}}
