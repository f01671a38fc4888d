{{/* Secret with tls.crt, tls.key and ca.crt of a program: the one that its values name, or the release's convention. */}}
{{- define "isthmus.tlsSecret" -}}
{{- .Values.tlsSecret | default (printf "%s-tls" (include "isthmus.fullname" .)) -}}
{{- end -}}

{{- define "isthmus.tlsConfig" -}}
{{- $tls := .root.Values.global.tls -}}
{}
{{- end -}}

{{/* A certificate from cert-manager, which writes the Secret and renews it. */}}
{{- define "isthmus.certificate" -}}
{{- $manager := .Values.global.tls.certManager -}}
{{- $name := include "isthmus.fullname" . -}}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "isthmus.labels" . | nindent 4 }}
spec:
  secretName: {{ include "isthmus.tlsSecret" . }}
  duration: {{ $manager.duration }}
  renewBefore: {{ $manager.renewBefore }}
  privateKey: { algorithm: ECDSA, size: 256, rotationPolicy: Always }
  usages: [digital signature, server auth, client auth]
  commonName: {{ .Chart.Name }}
  dnsNames:
    {{- range list "" "-headless" "-admin" }}
    - {{ $name }}{{ . }}
    - {{ $name }}{{ . }}.{{ $.Release.Namespace }}
    - {{ $name }}{{ . }}.{{ $.Release.Namespace }}.svc
    - {{ $name }}{{ . }}.{{ $.Release.Namespace }}.svc.cluster.local
    {{- end }}
  issuerRef:
    {{- toYaml $manager.issuerRef | nindent 4 }}
{{- end -}}

{{/* Flags of the trainer for a service behind TLS, a JSON list. */}}
{{- define "isthmus.trainerTls" -}}
[]
{{- end -}}
