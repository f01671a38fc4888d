{{/*
The configuration file of a program: what all have, then what the chart knows of this one, then the `config` of its values.
The program checks it as a whole when it starts, and names what it does not know.
usage: include "isthmus.configFile" (dict "root" $ "ports" $ports "own" $own)
*/}}
{{- define "isthmus.configFile" -}}
{{- $global := .root.Values.global -}}
{{- $config := dict
  "server" (dict
    "address" (printf "0.0.0.0:%d" (int .ports.grpc))
    "drainDelayMs" $global.drain.delayMs
    "shutdownGraceMs" $global.drain.graceMs
    "maxConnectionAgeMs" $global.maxConnectionAgeMs)
  "admin" (dict "address" (printf "0.0.0.0:%d" (int .ports.admin)))
  "health" (dict "address" (printf "0.0.0.0:%d" (int .ports.health)))
  "data" (dict "directory" "/var/lib/isthmus")
  "database" (dict "poolSize" $global.database.poolSize)
  "objects" (dict "url" $global.objects.url)
  "telemetry" (dict "otlpEndpoint" (include "isthmus.otlpEndpoint" .root) "sampling" $global.telemetry.sampling)
  "log" (dict "level" $global.log.level "requests" $global.log.requests)
-}}
{{- toYaml (mergeOverwrite $config (include "isthmus.tlsConfig" . | fromYaml) (deepCopy .own) (deepCopy .root.Values.config)) -}}
{{- end -}}

{{/* Where telemetry goes: what the values say, or the collector of this release. */}}
{{- define "isthmus.otlpEndpoint" -}}
{{- $global := .Values.global -}}
{{- if $global.telemetry.otlpEndpoint -}}
{{- $global.telemetry.otlpEndpoint -}}
{{- else if $global.monitoring.enabled -}}
http://{{ include "isthmus.sibling" (list . "collector") }}.{{ .Release.Namespace }}.svc:4318
{{- end -}}
{{- end -}}

{{/* Which models a serving program admits. */}}
{{- define "isthmus.admission" -}}
{{- $admission := .Values.global.admission -}}
mode: {{ $admission.mode }}
trustFile: /etc/isthmus/trust/trust.json
minimumAssurance: {{ $admission.minimumAssurance }}
requireOnline: {{ $admission.requireOnline }}
requireLogProof: {{ $admission.requireLogProof }}
{{- end -}}
