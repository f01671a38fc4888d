{{/* What every pod has: no token, nobody's rights. The namespace may enforce Pod Security "restricted". */}}
{{- define "isthmus.podBasics" -}}
serviceAccountName: {{ include "isthmus.fullname" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.global.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.global.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "isthmus.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Replicas apart from each other: over zones, and within a zone over nodes. */}}
{{- define "isthmus.spread" -}}
{{- $root := . -}}
topologySpreadConstraints:
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - topologyKey: {{ . }}
    maxSkew: 1
    whenUnsatisfiable: {{ $root.Values.topologySpread }}
    labelSelector:
      matchLabels:
        {{- include "isthmus.selectorLabels" $root | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end -}}

{{/*
Where a program keeps its things. The database's address and the keys of the object store are secrets and come as environment
variables, because that is where a program reads single options from; everything else is in its configuration file.
usage: include "isthmus.storeEnv" (list $ "ISTHMUS_RETRIEVAL")
*/}}
{{- define "isthmus.databaseEnv" -}}
{{- $database := (index . 0).Values.global.database -}}
- name: {{ index . 1 }}_DATABASE_URL
  valueFrom:
    secretKeyRef: { name: {{ $database.existingSecret }}, key: {{ $database.key }} }
{{- end -}}

{{- define "isthmus.objectsEnv" -}}
{{- with .Values.global.objects.existingSecret }}
- name: AWS_ACCESS_KEY_ID
  valueFrom:
    secretKeyRef: { name: {{ . }}, key: AWS_ACCESS_KEY_ID }
- name: AWS_SECRET_ACCESS_KEY
  valueFrom:
    secretKeyRef: { name: {{ . }}, key: AWS_SECRET_ACCESS_KEY }
{{- end }}
{{- end -}}

{{/* Seconds between the wish to end a pod and its end: the pause before the signal, the drain, the calls in flight, a margin. */}}
{{- define "isthmus.graceSeconds" -}}
{{- $drain := .Values.global.drain -}}
{{- add $drain.preStopSeconds (ceil (divf (add $drain.delayMs $drain.graceMs) 1000)) 5 -}}
{{- end -}}
