{{/* Name of a program's objects: release and chart. The suffixes of services still fit into 63 letters. */}}
{{- define "isthmus.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{/* Name of another program of the same release. usage: include "isthmus.sibling" (list $ "representation") */}}
{{- define "isthmus.sibling" -}}
{{- printf "%s-%s" (index . 0).Release.Name (index . 1) | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "isthmus.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "isthmus.labels" -}}
{{ include "isthmus.selectorLabels" . }}
app.kubernetes.io/part-of: isthmus
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Image of a program. usage: include "isthmus.image" (list $ "retrieval" .Values.image) */}}
{{- define "isthmus.image" -}}
{{- $root := index . 0 -}}
{{- $global := $root.Values.global.image -}}
{{- $own := index . 2 | default dict -}}
{{- $name := printf "%s%s" $global.prefix (index . 1) -}}
{{- $repository := ternary (printf "%s/%s" $global.registry $name) $name (ne $global.registry "") -}}
{{- if $own.digest -}}
{{- printf "%s@%s" $repository $own.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default $root.Chart.AppVersion $global.tag) -}}
{{- end -}}
{{- end -}}
