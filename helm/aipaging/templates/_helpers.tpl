{{/* Names, labels and what the functions' configurations share. */}}
{{- define "aipaging.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "aipaging.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 45 | trimSuffix "-" -}}
{{- else if contains (include "aipaging.name" .) .Release.Name -}}
{{- .Release.Name | trunc 45 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "aipaging.name" .) | trunc 45 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Name of one function's objects: dict "root" $ "function" "aipf". */}}
{{- define "aipaging.of" -}}
{{- printf "%s-%s" (include "aipaging.fullname" .root) .function -}}
{{- end -}}

{{- define "aipaging.selector" -}}
app.kubernetes.io/name: {{ include "aipaging.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .function }}
{{- end -}}

{{- define "aipaging.labels" -}}
{{ include "aipaging.selector" . }}
app.kubernetes.io/part-of: aipaging
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | quote }}
{{- end -}}

{{- define "aipaging.image" -}}
{{- $image := .Values.image -}}
{{- $name := ternary $image.repository (printf "%s/%s" $image.registry $image.repository) (empty $image.registry) -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* A client block: dict "uri" …. */}}
{{- define "aipaging.client" -}}
base-uri: {{ .uri | quote }}
{{- if hasPrefix "https:" .uri }}
tls: {trust-file: /etc/aipaging/tls/ca.crt}
{{- end }}
{{- end -}}

{{/* A token block: dict "root" $ "client" "nf-aipf" "audience" "CUSTOM_PCF_ADAPTER". */}}
{{- define "aipaging.token" -}}
issuer:
  {{- include "aipaging.client" (dict "uri" .root.Values.oauth.baseUri) | nindent 2 }}
client-id: {{ .client }}
client-secret-file: /etc/aipaging/clients/{{ .client }}
audience: {{ .audience }}
{{- end -}}

{{/* What every function listens by: dict "root" $ "port" 7710 "audience" "CUSTOM_AIPF". */}}
{{- define "aipaging.listening" -}}
listener:
  host: 0.0.0.0
  port: {{ .port }}
  tls: {cert-file: /etc/aipaging/tls/tls.crt, key-file: /etc/aipaging/tls/tls.key}
oauth:
  issuer: {{ required "oauth.issuer must be named" .root.Values.oauth.issuer | quote }}
  audiences: [{{ .audience }}]
  keys:
    {{- include "aipaging.client" (dict "uri" (required "oauth.baseUri must be named" .root.Values.oauth.baseUri)) | nindent 4 }}
  keys-path: {{ .root.Values.oauth.jwksPath | quote }}
management:
  host: 0.0.0.0
  port: {{ .root.Values.management.port }}
  leaves-after: {{ .root.Values.management.leavesAfter }}
{{- end -}}

{{/* The core's registry; the pod's address comes from the environment. */}}
{{- define "aipaging.nrf" -}}
{{- with .Values.core.nrf.uris }}
nrf:
  uris: {{ toJson . }}
  address: 0.0.0.0
  {{- with $.Values.core.scp }}
  scp: {{ . | quote }}
  {{- end }}
{{- end }}
{{- end -}}
