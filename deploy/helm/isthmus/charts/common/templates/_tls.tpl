{{/* Secret with tls.crt, tls.key and ca.crt of a program: the one that its values name, or the release's convention. */}}
{{- define "isthmus.tlsSecret" -}}
{{- .Values.tlsSecret | default (printf "%s-tls" (include "isthmus.fullname" .)) -}}
{{- end -}}

{{/*
TLS of a program and who may do what there. The names that a program's certificate has to carry are those of its services; the first of
them is its identity towards others, `dns:RELEASE-PROGRAM`, unless global.identities says otherwise.
*/}}
{{- define "isthmus.tlsConfig" -}}
{{- $global := .root.Values.global -}}
{{- if $global.tls.enabled -}}
tls:
  mode: mutual
  certificateFile: /etc/isthmus/tls/tls.crt
  keyFile: /etc/isthmus/tls/tls.key
  authorityFile: /etc/isthmus/tls/ca.crt
roles:
  caller: {{ toJson $global.roles.caller }}
  catalogueWriter: {{ toJson $global.roles.catalogueWriter }}
  prover: {{ toJson (concat (list (include "isthmus.identity" (list .root "training"))) $global.roles.prover | uniq) }}
  operator: {{ toJson $global.roles.operator }}
  peer: {{ toJson (list (include "isthmus.identity" (list .root "retrieval"))) }}
{{- else -}}
tls:
  mode: "off"
{{- end -}}
{{- end -}}

{{/* Identity of a program of this release. usage: include "isthmus.identity" (list $ "retrieval") */}}
{{- define "isthmus.identity" -}}
{{- $root := index . 0 -}}
{{- get $root.Values.global.identities (index . 1) | default (printf "dns:%s" (include "isthmus.sibling" .)) -}}
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

{{/* Flags of the trainer towards the attestation service, a JSON list. */}}
{{- define "isthmus.trainerTls" -}}
{{- if .Values.global.tls.enabled -}}
{{- toJson (list "--tls-authority=/etc/isthmus/tls/ca.crt" "--tls-certificate=/etc/isthmus/tls/tls.crt" "--tls-key=/etc/isthmus/tls/tls.key") -}}
{{- else -}}
{{- toJson (list "--insecure") -}}
{{- end -}}
{{- end -}}
