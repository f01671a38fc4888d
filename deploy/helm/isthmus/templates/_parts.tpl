{{/* The umbrella's own parts (tests, collector, embedded) are named and labelled as if they were charts. usage: include "isthmus.part" (list $ "tests") */}}
{{- define "isthmus.part" -}}
{{- $root := index . 0 -}}
{{- toYaml (dict
  "Release" (dict "Name" $root.Release.Name "Namespace" $root.Release.Namespace "Service" $root.Release.Service)
  "Chart" (dict "Name" (index . 1) "Version" $root.Chart.Version "AppVersion" $root.Chart.AppVersion)
  "Values" (merge (dict "global" $root.Values.global) (index . 2))) -}}
{{- end -}}

{{/* Programs of the release with their ports. JSON list of {name, grpc, health}. */}}
{{- define "isthmus.programs" -}}
{{- $programs := list -}}
{{- range $name, $ports := dict "representation" (list 7401 7421) "retrieval" (list 7402 7422) "attestation" (list 7403 7423) -}}
{{- if or $.Values.embedded.enabled (index $.Values $name).enabled -}}
{{- $programs = append $programs (dict "name" $name "grpc" (index $ports 0) "health" (index $ports 1)) -}}
{{- end -}}
{{- end -}}
{{- toJson $programs -}}
{{- end -}}
