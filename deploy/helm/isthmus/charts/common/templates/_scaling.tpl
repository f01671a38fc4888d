{{- define "isthmus.disruption" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "isthmus.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "isthmus.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .Values.disruption.maxUnavailable }}
  # A replica that does not serve must not hold up the node that it is on.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "isthmus.selectorLabels" . | nindent 6 }}
{{- end -}}

{{/* By processor time, and by a queue where the values name its metric (an external one: an adapter has to serve it). */}}
{{- define "isthmus.autoscaler" -}}
{{- $scaling := .Values.autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "isthmus.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "isthmus.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "isthmus.fullname" . }}
  minReplicas: {{ $scaling.minReplicas }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ $scaling.cpuPercent }} }
    {{- with $scaling.queue }}
    {{- if .enabled }}
    - type: External
      external:
        metric:
          name: {{ .metric }}
          {{- with .selector }}
          selector: { matchLabels: {{ toJson . }} }
          {{- end }}
        target: { type: AverageValue, averageValue: {{ .perReplica | quote }} }
    {{- end }}
    {{- end }}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 0
      policies: [{ type: Percent, value: 100, periodSeconds: 60 }]
    scaleDown:
      stabilizationWindowSeconds: {{ $scaling.scaleDownSeconds }}
      policies: [{ type: Pods, value: 1, periodSeconds: 60 }]
{{- end -}}
