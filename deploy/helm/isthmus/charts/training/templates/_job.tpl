{{- define "isthmus.trainingJob" -}}
backoffLimit: {{ .Values.retries }}
activeDeadlineSeconds: {{ .Values.deadlineSeconds }}
ttlSecondsAfterFinished: {{ .Values.keepFinishedSeconds }}
template:
  metadata:
    labels:
      {{- include "isthmus.labels" . | nindent 6 }}
      {{- with .Values.podLabels }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- with .Values.podAnnotations }}
    annotations:
      {{- toYaml . | nindent 6 }}
    {{- end }}
  spec:
    {{- include "isthmus.trainingPod" . | nindent 4 }}
{{- end -}}

{{/*
A training in steps, each a container that ends before the next begins: the data is committed; the representation model is trained
and proved; the retrieval model is, with the first as its input. Where they are published, the first model goes before the second,
which asks for it.
*/}}
{{- define "isthmus.trainingPod" -}}
{{- $source := .Values.source -}}
{{- $prepare := list "prepare" -}}
{{- if eq $source.kind "simulator" -}}
{{- $prepare = concat $prepare (list "--simulator" (printf "--users=%d" (int $source.users))) -}}
{{- else -}}
{{- $prepare = append $prepare (printf "/data/%s" $source.path) -}}
{{- end -}}
{{- with $source.sourceDomain }}{{ $prepare = append $prepare (printf "--source-domain=%s" .) }}{{ end -}}
{{- with $source.targetDomain }}{{ $prepare = append $prepare (printf "--target-domain=%s" .) }}{{ end -}}
{{- if .Values.proverSecret -}}
{{- $prepare = append $prepare "--salt-file=/etc/isthmus/prover/user-salt" -}}
{{- else -}}
{{- $prepare = append $prepare "--salt-file=/work/user-salt" -}}
{{- end -}}
{{- $prepare = append $prepare "--out=/work/data.json" -}}
{{- $train := list "train" "--data=/work/data.json" (printf "--key=%s" (ternary "/etc/isthmus/prover/prover-key.pem" "/work/prover-key.pem" (ne .Values.proverSecret ""))) -}}
{{- $host := printf "%s.%s.svc:7403" (include "isthmus.sibling" (list . "attestation")) .Release.Namespace -}}
{{- $train = append $train (printf "--attestation=%s" (.Values.attestationAddress | default $host)) -}}
{{- if .Values.upload }}{{ $train = append $train "--upload" }}{{ end -}}
{{- $train = concat $train (include "isthmus.trainerTls" . | fromJsonArray) -}}
{{- include "isthmus.podBasics" . }}
restartPolicy: OnFailure
terminationGracePeriodSeconds: 60
initContainers:
  - name: prepare
    {{- include "isthmus.trainingContainer" (list . $prepare) | nindent 4 }}
  - name: representation
    {{- include "isthmus.trainingContainer" (list . (concat $train (list "--program=ce-cdr" "--spec=@/etc/isthmus/spec/representation.json" "--checkpoints=/work/runs/representation" "--out=/work/representation.json" "--json"))) | nindent 4 }}
{{- $retrieval := concat $train (list "--program=gemirec" "--spec=@/etc/isthmus/spec/retrieval.json" "--artefact=representation=@/work/representation.json" "--checkpoints=/work/runs/retrieval" "--out=/work/retrieval.json" "--json") }}
  {{- if .Values.publish.enabled }}
  - name: retrieval
    {{- include "isthmus.trainingContainer" (list . $retrieval) | nindent 4 }}
  - name: publish-representation
    {{- include "isthmus.trainingContainer" (list . (include "isthmus.publish" (list . "representation" 7411) | fromJsonArray) "operator") | nindent 4 }}
{{- end }}
containers:
  {{- if .Values.publish.enabled }}
  - name: publish-retrieval
    {{- include "isthmus.trainingContainer" (list . (include "isthmus.publish" (list . "retrieval" 7412) | fromJsonArray) "operator") | nindent 4 }}
  {{- else }}
  - name: retrieval
    {{- include "isthmus.trainingContainer" (list . $retrieval) | nindent 4 }}
  {{- end }}
volumes:
  - name: spec
    configMap: { name: {{ include "isthmus.fullname" . }} }
  - name: tmp
    emptyDir: { sizeLimit: {{ .Values.tmpSize }} }
  - name: work
    {{- if .Values.work.claimName }}
    persistentVolumeClaim: { claimName: {{ .Values.work.claimName }} }
    {{- else }}
    emptyDir: { sizeLimit: {{ .Values.work.size }} }
    {{- end }}
  {{- if eq $source.kind "claim" }}
  - name: data
    persistentVolumeClaim: { claimName: {{ $source.claimName }}, readOnly: true }
  {{- end }}
  {{- with .Values.proverSecret }}
  - name: prover
    secret: { secretName: {{ . }}, defaultMode: 0440 }
  {{- end }}
  {{- if .Values.global.tls.enabled }}
  - name: tls
    secret: { secretName: {{ include "isthmus.tlsSecret" . }}, defaultMode: 0440 }
  {{- if and .Values.publish.enabled .Values.publish.tlsSecret }}
  - name: operator
    secret: { secretName: {{ .Values.publish.tlsSecret }}, defaultMode: 0440 }
  {{- end }}
  {{- end }}
{{- end -}}

{{/* What publishes a model of the training, a JSON list. usage: include "isthmus.publish" (list $ "retrieval" 7412) */}}
{{- define "isthmus.publish" -}}
{{- $root := index . 0 -}}
{{- $service := index . 1 -}}
{{- $publish := $root.Values.publish -}}
{{- $own := printf "%s-admin.%s.svc:%d" (include "isthmus.sibling" (list $root $service)) $root.Release.Namespace (int (index . 2)) -}}
{{- $to := (index $publish $service).adminAddress | default $own -}}
{{- $args := list "publish" (printf "--model=/work/%s.json" $service) (printf "--to=%s" $to) -}}
{{- with $publish.label }}{{ $args = append $args (printf "--label=%s" .) }}{{ end -}}
{{- if $root.Values.upload }}{{ $args = append $args "--stored" }}{{ end -}}
{{- $args = concat $args (list (printf "--deadline-ms=%d" (mul (int $publish.deadlineSeconds) 1000)) "--json") -}}
{{- toJson (concat $args (include "isthmus.trainerTls" $root | fromJsonArray)) -}}
{{- end -}}

{{/* usage: include "isthmus.trainingContainer" (list $ $args), with "operator" as a third where the container calls as one */}}
{{- define "isthmus.trainingContainer" -}}
{{- $root := index . 0 -}}
image: {{ include "isthmus.image" (list $root "trainer" $root.Values.image) }}
imagePullPolicy: {{ $root.Values.global.image.pullPolicy }}
args:
  {{- append (index . 1) (printf "--objects=%s" (ternary "file:///work/objects" $root.Values.global.objects.url $root.Values.upload)) | toYaml | nindent 2 }}
env:
  - { name: HOME, value: /work }
  {{- if not $root.Values.upload }}
  {{- include "isthmus.objectsEnv" $root | nindent 2 }}
  {{- end }}
  {{- with $root.Values.env }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
securityContext:
  {{- include "isthmus.containerSecurity" $root | nindent 2 }}
resources:
  {{- toYaml $root.Values.resources | nindent 2 }}
volumeMounts:
  - { name: spec, mountPath: /etc/isthmus/spec, readOnly: true }
  - { name: work, mountPath: /work }
  - { name: tmp, mountPath: /tmp }
  {{- if eq $root.Values.source.kind "claim" }}
  - { name: data, mountPath: /data, readOnly: true }
  {{- end }}
  {{- if $root.Values.proverSecret }}
  - { name: prover, mountPath: /etc/isthmus/prover, readOnly: true }
  {{- end }}
  {{- if $root.Values.global.tls.enabled }}
  - { name: {{ ternary "operator" "tls" (and (eq (len .) 3) (ne $root.Values.publish.tlsSecret "")) }}, mountPath: /etc/isthmus/tls, readOnly: true }
  {{- end }}
{{- end -}}
