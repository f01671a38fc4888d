{{- define "isthmus.deployment" -}}
{{- $root := .root -}}
{{- $drain := $root.Values.global.drain -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "isthmus.fullname" $root }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "isthmus.labels" $root | nindent 4 }}
spec:
  {{- if not $root.Values.autoscaling.enabled }}
  replicas: {{ $root.Values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      {{- include "isthmus.selectorLabels" $root | nindent 6 }}
  strategy:
    type: RollingUpdate
    # A replica goes only when its successor serves.
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  template:
    metadata:
      labels:
        {{- include "isthmus.labels" $root | nindent 8 }}
        {{- with $root.Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        isthmus.dev/config: {{ include "isthmus.configFile" . | sha256sum }}
        {{- with $root.Values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- include "isthmus.podBasics" $root | nindent 6 }}
      terminationGracePeriodSeconds: {{ include "isthmus.graceSeconds" $root }}
      {{- include "isthmus.spread" $root | nindent 6 }}
      containers:
        - name: {{ $root.Chart.Name }}
          image: {{ include "isthmus.image" (list $root .image $root.Values.image) }}
          imagePullPolicy: {{ $root.Values.global.image.pullPolicy }}
          args: [--config=/etc/isthmus/config.yaml]
          env:
            {{- include "isthmus.databaseEnv" (list $root .env) | nindent 12 }}
            {{- include "isthmus.objectsEnv" $root | nindent 12 }}
            {{- with $root.Values.env }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - { name: grpc, containerPort: {{ .ports.grpc }} }
            - { name: admin, containerPort: {{ .ports.admin }} }
            - { name: health, containerPort: {{ .ports.health }} }
          {{- include "isthmus.probes" (list $root .ports) | nindent 10 }}
          lifecycle:
            # Whoever balances takes the pod from its list in this time; the program itself then drains, see terminationGracePeriodSeconds.
            preStop: { sleep: { seconds: {{ $drain.preStopSeconds }} } }
          securityContext:
            {{- include "isthmus.containerSecurity" $root | nindent 12 }}
          resources:
            {{- toYaml $root.Values.resources | nindent 12 }}
          volumeMounts:
            {{- include "isthmus.mounts" . | nindent 12 }}
      volumes:
        {{- include "isthmus.volumes" . | nindent 8 }}
{{- end -}}

{{/* Health by the kubelet's own gRPC probe: the whole program has one state, and it is NOT_SERVING until its models are warm. */}}
{{- define "isthmus.probes" -}}
{{- $probes := (index . 0).Values.probes -}}
{{- $port := (index . 1).health -}}
startupProbe:
  grpc: { port: {{ $port }} }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ ceil (divf $probes.startupSeconds 2) }}
readinessProbe:
  grpc: { port: {{ $port }} }
  periodSeconds: {{ $probes.readinessPeriodSeconds }}
  timeoutSeconds: 2
  failureThreshold: 2
livenessProbe:
  grpc: { port: {{ $port }} }
  periodSeconds: {{ $probes.livenessPeriodSeconds }}
  timeoutSeconds: 5
  failureThreshold: 3
{{- end -}}

{{- define "isthmus.mounts" -}}
- { name: config, mountPath: /etc/isthmus/config.yaml, subPath: config.yaml, readOnly: true }
- { name: data, mountPath: /var/lib/isthmus }
- { name: tmp, mountPath: /tmp }
{{- if .root.Values.global.tls.enabled }}
- { name: tls, mountPath: /etc/isthmus/tls, readOnly: true }
{{- end }}
{{- if has "trust" .mounts }}
- { name: trust, mountPath: /etc/isthmus/trust, readOnly: true }
{{- end }}
{{- if has "attestationKeys" .mounts }}
- { name: keys, mountPath: /etc/isthmus/keys, readOnly: true }
{{- end }}
{{- end -}}

{{- define "isthmus.volumes" -}}
{{- $global := .root.Values.global -}}
- name: config
  configMap: { name: {{ include "isthmus.fullname" .root }} }
- name: data
  emptyDir: { sizeLimit: {{ .root.Values.dataSize }} }
- name: tmp
  emptyDir: { sizeLimit: {{ .root.Values.tmpSize }} }
{{- if $global.tls.enabled }}
- name: tls
  secret: { secretName: {{ include "isthmus.tlsSecret" .root }}, defaultMode: 0440 }
{{- end }}
{{- if has "trust" .mounts }}
# Optional: a program without it serves, and refuses every model until the keys to trust are there.
- name: trust
  configMap: { name: {{ $global.admission.trustConfigMap }}, optional: true }
{{- end }}
{{- if has "attestationKeys" .mounts }}
- name: keys
  secret: { secretName: {{ .root.Values.keysSecret }}, defaultMode: 0440 }
{{- end }}
{{- end -}}
