{{/* Names, labels and what the functions' configurations share. */}}
{{- define "aipaging.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "aipaging.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "aipaging.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "aipaging.name" .) | trunc 40 | trimSuffix "-" -}}
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

{{/* Pods of this release, one function's where one is named. */}}
{{- define "aipaging.pods" -}}
podSelector:
  matchLabels:
    app.kubernetes.io/name: {{ include "aipaging.name" .root }}
    app.kubernetes.io/instance: {{ .root.Release.Name }}
    {{- with .function }}
    app.kubernetes.io/component: {{ . }}
    {{- end }}
{{- end -}}

{{/* dict "root" $ "image" .Values.aipf.image */}}
{{- define "aipaging.image" -}}
{{- $common := .root.Values.image -}}
{{- $name := .image.repository -}}
{{- if $common.registry -}}{{- $name = printf "%s/%s" $common.registry $name -}}{{- end -}}
{{- if .image.digest -}}
{{- printf "%s@%s" $name .image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .root.Chart.AppVersion $common.tag) -}}
{{- end -}}
{{- end -}}

{{- define "aipaging.scheme" -}}
{{- ternary "https" "http" .Values.tls.enabled -}}
{{- end -}}

{{/* Where a function of this release is: dict "root" $ "function" "aipf" "port" 7710. */}}
{{- define "aipaging.uri" -}}
{{- printf "%s://%s.%s.svc:%v" (include "aipaging.scheme" .root) (include "aipaging.of" .) .root.Release.Namespace .port -}}
{{- end -}}

{{/* The AIPF as enforcers, adapters and the operator reach it, healthy anchors or not. */}}
{{- define "aipaging.aipfUri" -}}
{{- if .Values.aipf.enabled -}}
{{- include "aipaging.uri" (dict "root" . "function" "aipf-peers" "port" .Values.aipf.port) -}}
{{- else -}}
{{- required "aipf.uri must be named where aipf.enabled is false" .Values.aipf.uri -}}
{{- end -}}
{{- end -}}

{{- define "aipaging.pcfAdapterUri" -}}
{{- if .Values.pcfAdapter.enabled -}}
{{- include "aipaging.uri" (dict "root" . "function" "pcf-adapter" "port" .Values.pcfAdapter.port) -}}
{{- else -}}
{{- required "pcfAdapter.uri must be named where pcfAdapter.enabled is false" .Values.pcfAdapter.uri -}}
{{- end -}}
{{- end -}}

{{- define "aipaging.issuerUri" -}}
{{- if .Values.oauth.uri -}}
{{- .Values.oauth.uri -}}
{{- else if .Values.devIssuer.enabled -}}
{{- include "aipaging.uri" (dict "root" . "function" "issuer" "port" .Values.devIssuer.port) -}}
{{- else -}}
{{- fail "oauth.uri must be named, or devIssuer.enabled be true for a trial" -}}
{{- end -}}
{{- end -}}

{{- define "aipaging.issuer" -}}
{{- if .Values.oauth.issuer -}}
{{- .Values.oauth.issuer -}}
{{- else if .Values.devIssuer.enabled -}}
https://issuer.aipaging.invalid
{{- else -}}
{{- fail "oauth.issuer must be named, or devIssuer.enabled be true for a trial" -}}
{{- end -}}
{{- end -}}

{{/* Whom a token issuer's certificate is trusted by. */}}
{{- define "aipaging.issuerTrust" -}}
{{- if .Values.oauth.caSecret -}}
/etc/aipaging/oauth-ca/ca.crt
{{- else if .Values.tls.enabled -}}
/etc/aipaging/tls/ca.crt
{{- else -}}
{{- fail "oauth.caSecret must be named where oauth.uri is https and tls.enabled is false" -}}
{{- end -}}
{{- end -}}

{{/* A client block: dict "uri" …. */}}
{{- define "aipaging.client" -}}
base-uri: {{ .uri | quote }}
{{- if hasPrefix "https:" .uri }}
tls: {trust-file: /etc/aipaging/tls/ca.crt}
{{- end }}
{{- end -}}

{{- define "aipaging.issuerClient" -}}
{{- $uri := include "aipaging.issuerUri" . -}}
base-uri: {{ $uri | quote }}
{{- if hasPrefix "https:" $uri }}
tls: {trust-file: {{ include "aipaging.issuerTrust" . }}}
{{- end }}
{{- end -}}

{{/* A token block: dict "root" $ "client" "nf-aipf" "audience" "CUSTOM_PCF_ADAPTER". */}}
{{- define "aipaging.token" -}}
issuer:
  {{- include "aipaging.issuerClient" .root | nindent 2 }}
client-id: {{ .client }}
client-secret-file: /etc/aipaging/client/{{ .client }}
audience: {{ .audience }}
{{- end -}}

{{/* Another function: dict "root" $ "uri" … "client" … "audience" …. */}}
{{- define "aipaging.peer" -}}
client:
  {{- include "aipaging.client" . | nindent 2 }}
token:
  {{- include "aipaging.token" . | nindent 2 }}
{{- end -}}

{{/* What every function listens by: dict "root" $ "port" … "audience" … "managementPort" …. */}}
{{- define "aipaging.listening" -}}
listener:
  host: 0.0.0.0
  port: {{ .port }}
  {{- if .root.Values.tls.enabled }}
  tls: {cert-file: /etc/aipaging/tls/tls.crt, key-file: /etc/aipaging/tls/tls.key}
  {{- end }}
oauth:
  issuer: {{ include "aipaging.issuer" .root | quote }}
  audiences: [{{ .audience }}]
  keys:
    {{- include "aipaging.issuerClient" .root | nindent 4 }}
  keys-path: {{ .root.Values.oauth.jwksPath | quote }}
management:
  host: 0.0.0.0
  port: {{ default .root.Values.management.port .managementPort }}
  leaves-after: {{ .root.Values.management.leavesAfter }}
{{- end -}}

{{/* What the chart writes, with <function>.config laid over it: dict "text" … "values" …. */}}
{{- define "aipaging.config" -}}
{{- $written := .text | fromYaml -}}
{{- if hasKey $written "Error" -}}{{- fail (printf "configuration: %s" $written.Error) -}}{{- end -}}
{{- mergeOverwrite $written (deepCopy .values.config) | toYaml -}}
{{- end -}}
