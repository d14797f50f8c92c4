{{/* What a core's flavour means, spelled as the charts of the open cores spell it. */}}
{{- define "aipaging.coreName" -}}
{{- ternary "rel18" .Values.core.flavour (eq .Values.core.flavour "custom") -}}
{{- end -}}

{{/* A Service of the core by its name there. */}}
{{- define "aipaging.coreHost" -}}
{{- $core := .root.Values.core -}}
{{- if $core.namespace -}}{{- printf "%s.%s.svc" .name $core.namespace -}}{{- else -}}{{- .name -}}{{- end -}}
{{- end -}}

{{/* JSON list of the NRFs; empty where none is known. */}}
{{- define "aipaging.nrfUris" -}}
{{- $core := .Values.core -}}
{{- if $core.nrf.uris -}}
{{- toJson $core.nrf.uris -}}
{{- else if eq $core.flavour "open5gs" -}}
{{- list (printf "http://%s:7777" (include "aipaging.coreHost" (dict "root" . "name" (printf "%s-nrf-sbi" (default "open5gs" $core.release))))) | toJson -}}
{{- else if eq $core.flavour "free5gc" -}}
{{- list (printf "http://%s:8000" (include "aipaging.coreHost" (dict "root" . "name" "nrf-nnrf"))) | toJson -}}
{{- else -}}
[]
{{- end -}}
{{- end -}}

{{- define "aipaging.scpUri" -}}
{{- $core := .Values.core -}}
{{- if $core.scp.enabled -}}
{{- if $core.scp.uri -}}
{{- $core.scp.uri -}}
{{- else if eq $core.flavour "open5gs" -}}
{{- printf "http://%s:7777" (include "aipaging.coreHost" (dict "root" . "name" (printf "%s-scp-sbi" (default "open5gs" $core.release)))) -}}
{{- else -}}
{{- fail "core.scp.uri must be named with core.scp.enabled" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The nrf block without the pod's own address, which the environment names. */}}
{{- define "aipaging.nrf" -}}
{{- $uris := include "aipaging.nrfUris" . -}}
{{- $scp := include "aipaging.scpUri" . -}}
{{- if ne $uris "[]" -}}
nrf:
  uris: {{ $uris }}
  {{- with $scp }}
  scp: {{ . | quote }}
  {{- end }}
  {{- if contains "https:" $uris }}
  {{- if not .Values.core.tlsSecret }}{{ fail "core.tlsSecret must be named where an NRF is https" }}{{ end }}
  tls:
    trust-file: /etc/aipaging/core-tls/ca.crt
    cert-file: /etc/aipaging/core-tls/tls.crt
    key-file: /etc/aipaging/core-tls/tls.key
  {{- end }}
{{- end -}}
{{- end -}}

{{/* NetworkPolicy peers of the core, JSON; whoever is in its namespace where none are named. */}}
{{- define "aipaging.corePeers" -}}
{{- if .Values.networkPolicy.core -}}
{{- toJson .Values.networkPolicy.core -}}
{{- else -}}
{{- $namespace := default .Release.Namespace .Values.core.namespace -}}
{{- list (dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" $namespace))) | toJson -}}
{{- end -}}
{{- end -}}
