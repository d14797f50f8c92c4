{{/*
One function's pod, the same for every kind of workload:
dict "root" $ "function" "aipf" "values" .Values.aipf "prefix" "AIPAGING_AIPF" "ports" (list …)
     "volumes" (list …) "mounts" (list …) "env" (list …) "privileges" (dict …) "hostNetwork" bool
*/}}
{{- define "aipaging.pod" -}}
{{- $root := .root -}}
{{- $values := .values -}}
metadata:
  labels:
    {{- include "aipaging.labels" . | nindent 4 }}
  annotations:
    checksum/config: {{ .config | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "aipaging.fullname" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
  {{- if .hostNetwork }}
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  {{- end }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: {{ not .privileges }}
    runAsUser: {{ ternary 0 65532 (not (empty .privileges)) }}
    runAsGroup: 65532
    fsGroup: 65532
    seccompProfile: {type: RuntimeDefault}
  containers:
    - name: {{ .function }}
      image: {{ include "aipaging.image" $root | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args: [run, {{ .function }}, --config, /etc/aipaging/config/config.yaml]
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
          {{- with .privileges }}
          add: {{ toJson . }}
          {{- end }}
      env:
        - name: POD_IP
          valueFrom: {fieldRef: {fieldPath: status.podIP}}
        {{- with .env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        {{- toYaml .ports | nindent 8 }}
        - {name: management, containerPort: {{ $root.Values.management.port }}}
      startupProbe:
        httpGet: {path: /health/live, port: management}
        periodSeconds: 1
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /health/live, port: management}
        periodSeconds: 10
        timeoutSeconds: 3
      readinessProbe:
        httpGet: {path: /health/ready, port: management}
        periodSeconds: 5
        timeoutSeconds: 3
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      volumeMounts:
        - {name: config, mountPath: /etc/aipaging/config, readOnly: true}
        - {name: tls, mountPath: /etc/aipaging/tls, readOnly: true}
        - {name: clients, mountPath: /etc/aipaging/clients, readOnly: true}
        - {name: tmp, mountPath: /tmp}
        {{- with .mounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: config
      configMap: {name: {{ include "aipaging.of" . }}}
    - name: tls
      secret: {secretName: {{ printf "%s%s" (include "aipaging.of" .) $root.Values.tls.secretSuffix }}, defaultMode: 0440}
    - name: clients
      secret: {secretName: {{ required "oauth.clientSecrets must be named" $root.Values.oauth.clientSecrets }}, defaultMode: 0440}
    - name: tmp
      emptyDir: {medium: Memory, sizeLimit: 32Mi}
    {{- with .volumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
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
  {{- if and $root.Values.topologySpread.enabled (not .hostNetwork) }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: {{ $root.Values.topologySpread.topologyKey }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "aipaging.selector" . | nindent 10 }}
  {{- end }}
{{- end -}}

{{/* ConfigMap and Service of a function; "service" is a list of ports. */}}
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
spec:
  {{- if .headless }}
  clusterIP: None
  publishNotReadyAddresses: true
  {{- end }}
  selector:
    {{- include "aipaging.selector" . | nindent 4 }}
  ports:
    {{- toYaml .service | nindent 4 }}
{{- end -}}
