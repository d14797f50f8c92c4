{{/*
One function's container, volumes and pod, the same for every kind of workload:
dict "root" $ "function" "aipf" "values" .Values.aipf "client" "nf-aipf" "config" text
     "env" list "ports" list "volumes" list "mounts" list
     "prefix" of volumes and ports, where the pod is somebody else's
     "core" bool: talks with the core; "several" bool; "beside" a further container
     "guest" bool: its readiness is not that of the pod
     "gate" bool: the one function that is not of Pod Security "restricted"
*/}}
{{- define "aipaging.container" -}}
{{- $root := .root -}}
{{- $values := .values -}}
name: {{ .function }}
image: {{ include "aipaging.image" (dict "root" $root "image" $values.image) | quote }}
imagePullPolicy: {{ $root.Values.image.pullPolicy }}
args: [/etc/aipaging/config/config.yaml]
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  {{- if .gate }}
  runAsUser: 0
  runAsNonRoot: false
  seccompProfile: {type: RuntimeDefault}
  {{- end }}
  capabilities:
    drop: [ALL]
    {{- if .gate }}
    add: [NET_ADMIN]
    {{- end }}
env:
  - name: POD_IP
    valueFrom: {fieldRef: {fieldPath: status.podIP}}
  - {name: AIPAGING_LOG, value: {{ $root.Values.logLevel | quote }}}
  {{- with .env }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with $values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
ports:
  {{- toYaml .ports | nindent 2 }}
  - {name: {{ default "" .prefix }}management, containerPort: {{ default $root.Values.management.port $values.managementPort }}}
startupProbe:
  httpGet: {path: /health/live, port: {{ default "" .prefix }}management}
  periodSeconds: 1
  timeoutSeconds: 3
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /health/live, port: {{ default "" .prefix }}management}
  periodSeconds: 10
  timeoutSeconds: 3
{{- if not .guest }}
readinessProbe:
  httpGet: {path: /health/ready, port: {{ default "" .prefix }}management}
  periodSeconds: 5
  timeoutSeconds: 3
{{- end }}
resources:
  {{- toYaml $values.resources | nindent 2 }}
volumeMounts:
  - {name: {{ default "" .prefix }}config, mountPath: /etc/aipaging/config, readOnly: true}
  - {name: {{ default "" .prefix }}client, mountPath: /etc/aipaging/client, readOnly: true}
  - {name: {{ default "" .prefix }}tmp, mountPath: /tmp}
  {{- if $root.Values.tls.enabled }}
  - {name: {{ default "" .prefix }}tls, mountPath: /etc/aipaging/tls, readOnly: true}
  {{- end }}
  {{- if $root.Values.oauth.caSecret }}
  - {name: {{ default "" .prefix }}oauth-ca, mountPath: /etc/aipaging/oauth-ca, readOnly: true}
  {{- end }}
  {{- if and .core $root.Values.core.tlsSecret }}
  - {name: {{ default "" .prefix }}core-tls, mountPath: /etc/aipaging/core-tls, readOnly: true}
  {{- end }}
  {{- with .mounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with $values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "aipaging.volumes" -}}
{{- $prefix := default "" .prefix -}}
{{- $root := .root -}}
{{- $values := .values -}}
- name: {{ $prefix }}config
  configMap: {name: {{ include "aipaging.of" . }}}
- name: {{ $prefix }}client
  secret:
    secretName: {{ $root.Values.oauth.clientsSecret }}
    defaultMode: 0440
    items: [{key: {{ .client }}, path: {{ .client }}}]
- name: {{ $prefix }}tmp
  emptyDir: {sizeLimit: 1Gi}
{{- if $root.Values.tls.enabled }}
- name: {{ $prefix }}tls
  secret: {secretName: {{ printf "%s%s" (include "aipaging.of" .) $root.Values.tls.secretSuffix }}, defaultMode: 0440}
{{- end }}
{{- with $root.Values.oauth.caSecret }}
- name: {{ $prefix }}oauth-ca
  secret: {secretName: {{ . }}, defaultMode: 0440, items: [{key: ca.crt, path: ca.crt}]}
{{- end }}
{{- if .core }}
{{- with $root.Values.core.tlsSecret }}
- name: {{ $prefix }}core-tls
  secret: {secretName: {{ . }}, defaultMode: 0440}
{{- end }}
{{- end }}
{{- with .volumes }}
{{ toYaml . }}
{{- end }}
{{- with $values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "aipaging.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{/* What every pod of the chart says of itself: dict "root" $. */}}
{{- define "aipaging.podBase" -}}
serviceAccountName: {{ include "aipaging.fullname" .root }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- include "aipaging.podSecurity" . | nindent 2 }}
{{- end -}}

{{- define "aipaging.pod" -}}
{{- $root := .root -}}
{{- $values := .values -}}
metadata:
  labels:
    {{- include "aipaging.labels" . | nindent 4 }}
  annotations:
    checksum/config: {{ printf "%s%s" .config (default "" .alsoChanges) | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- include "aipaging.podBase" . | nindent 2 }}
  terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
  {{- if .gate }}
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  containers:
    - {{- include "aipaging.container" . | nindent 6 }}
    {{- with .beside }}
    - {{- toYaml . | nindent 6 }}
    {{- end }}
  volumes:
    {{- include "aipaging.volumes" . | nindent 4 }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if and $root.Values.topologySpread.enabled .several }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: {{ $root.Values.topologySpread.topologyKey }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "aipaging.selector" . | nindent 10 }}
  {{- end }}
{{- end -}}

{{/* A volume that outlives the pod: dict "name" "journal" "size" … "storageClass" …. */}}
{{- define "aipaging.claim" -}}
accessModes: [ReadWriteOnce]
{{- with .storageClass }}
storageClassName: {{ . }}
{{- end }}
resources: {requests: {storage: {{ .size }}}}
{{- end -}}

{{/* ConfigMap and Service of a function; "service" is a list of ports, "selector" whom it reaches. */}}
{{- define "aipaging.beside" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "aipaging.of" . }}
  labels:
    {{- include "aipaging.labels" . | nindent 4 }}
data:
  config.yaml: |
    {{- .config | nindent 4 }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "aipaging.of" . }}
  labels:
    {{- include "aipaging.labels" . | nindent 4 }}
  {{- with .values.service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .values.service.type }}
  {{- if has .function (list "pcf-adapter" "smf-adapter" "aexf-agent") }}
  publishNotReadyAddresses: true # one that is not ready still has to hear what ends
  {{- end }}
  selector:
    {{- if .selector }}
    {{- toYaml .selector | nindent 4 }}
    {{- else }}
    {{- include "aipaging.selector" . | nindent 4 }}
    {{- end }}
  ports:
    {{- toYaml .service | nindent 4 }}
{{- end -}}

{{/* Scales a Deployment by its processors' load. */}}
{{- define "aipaging.autoscaler" -}}
{{- $auto := .values.autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "aipaging.of" . }}
  labels:
    {{- include "aipaging.labels" . | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ include "aipaging.of" . }}}
  minReplicas: {{ $auto.min }}
  maxReplicas: {{ $auto.max }}
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: {{ $auto.cpu }}}}
{{- end -}}
