{{/* How the command line reaches the set. */}}
{{- define "aipaging.connection" -}}
aipf-uri: {{ include "aipaging.aipfUri" . | quote }}
nef-uri: {{ include "aipaging.uri" (dict "root" . "function" "nef-exposure" "port" .Values.nefExposure.port) | quote }}
issuer-uri: {{ include "aipaging.issuerUri" . | quote }}
{{- if .Values.tls.enabled }}
trust-file: {{ include "aipaging.issuerTrust" . }}
{{- end }}
client-id: operator
client-secret-file: /etc/aipaging/client/operator
{{- end -}}

{{/* A pod of one command: dict "root" $ "function" "operator" "args" list. */}}
{{- define "aipaging.operatorPod" -}}
{{- $root := .root -}}
{{- $values := $root.Values.operator -}}
metadata:
  labels:
    {{- include "aipaging.labels" . | nindent 4 }}
spec:
  {{- include "aipaging.operatorPodSpec" . | nindent 2 }}
{{- end -}}

{{- define "aipaging.operatorPodSpec" -}}
{{- $root := .root -}}
{{- $values := $root.Values.operator -}}
{{- include "aipaging.podBase" . }}
restartPolicy: Never
containers:
  - name: operator
    image: {{ include "aipaging.image" (dict "root" $root "image" $values.image) | quote }}
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    args: {{ toJson (concat .args (list "--connection" "/etc/aipaging/operator/connection.yaml")) }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: {drop: [ALL]}
    resources:
      {{- toYaml $values.resources | nindent 6 }}
    volumeMounts:
      - {name: operator, mountPath: /etc/aipaging/operator, readOnly: true}
      - {name: client, mountPath: /etc/aipaging/client, readOnly: true}
      - {name: tmp, mountPath: /tmp}
      {{- if $root.Values.tls.enabled }}
      - {name: tls, mountPath: /etc/aipaging/tls, readOnly: true}
      {{- end }}
      {{- if $root.Values.oauth.caSecret }}
      - {name: oauth-ca, mountPath: /etc/aipaging/oauth-ca, readOnly: true}
      {{- end }}
volumes:
  - name: operator
    configMap: {name: {{ include "aipaging.of" (dict "root" $root "function" "operator") }}}
  - name: client
    secret:
      secretName: {{ $root.Values.oauth.clientsSecret }}
      defaultMode: 0440
      items: [{key: operator, path: operator}]
  - name: tmp
    emptyDir: {medium: Memory, sizeLimit: 64Mi}
  {{- if $root.Values.tls.enabled }}
  - name: tls
    secret:
      secretName: {{ include "aipaging.of" (dict "root" $root "function" "aipf") }}{{ $root.Values.tls.secretSuffix }}
      defaultMode: 0440
      items: [{key: ca.crt, path: ca.crt}]
  {{- end }}
  {{- with $root.Values.oauth.caSecret }}
  - name: oauth-ca
    secret: {secretName: {{ . }}, defaultMode: 0440, items: [{key: ca.crt, path: ca.crt}]}
  {{- end }}
{{- end -}}
