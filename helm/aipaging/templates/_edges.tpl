{{/*
Who talks with whom, function by function: peers of a NetworkPolicy and a port each. A rule without
peers is left out, as an empty list of them would mean everybody.
*/}}
{{- define "aipaging.these" -}}
{{- $peers := list -}}
{{- range .functions }}
{{- $peers = append $peers (include "aipaging.pods" (dict "root" $.root "function" .) | fromYaml) -}}
{{- end -}}
{{- toJson (concat $peers (default list .others)) -}}
{{- end -}}

{{- define "aipaging.edges" -}}
{{- $policy := .Values.networkPolicy -}}
{{- $core := include "aipaging.corePeers" . | fromJsonArray -}}
{{- $gates := $policy.gates -}}
{{- if eq .Values.smfAdapter.placement "sidecar" }}{{ $gates = concat $gates $core }}{{ end -}}
{{- $registered := ne (include "aipaging.nrfUris" .) "[]" -}}
aipf:
  ingress:
    - {port: {{ .Values.aipf.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "nef-exposure" "pcf-adapter" "smf-adapter" "aexf-agent" "operator") "others" (concat $gates $policy.agents)) }}}
    - {port: {{ .Values.management.port }}, peers: {{ toJson $policy.metrics }}}
  egress:
    - {port: {{ .Values.pcfAdapter.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "pcf-adapter")) }}}
    - {port: {{ .Values.aexfAgent.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "aexf-agent")) }}}
    - {peers: {{ toJson (concat $gates $policy.agents) }}}
    {{- if $registered }}
    - {peers: {{ toJson $core }}}
    {{- end }}
    - {peers: {{ toJson $policy.store }}}
  extra-ingress: {{ toJson .Values.aipf.extraIngress }}
  extra-egress: {{ toJson .Values.aipf.extraEgress }}
nef-exposure:
  ingress:
    - {port: {{ .Values.nefExposure.port }}, peers: {{ toJson $policy.apps }}}
    - {port: {{ .Values.management.port }}, peers: {{ toJson $policy.metrics }}}
  egress:
    - {port: {{ .Values.aipf.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "aipf")) }}}
    - {peers: {{ toJson $policy.aipf }}}
  extra-ingress: {{ toJson .Values.nefExposure.extraIngress }}
  extra-egress: {{ toJson .Values.nefExposure.extraEgress }}
pcf-adapter:
  ingress:
    - {port: {{ .Values.pcfAdapter.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "aipf" "smf-adapter") "others" (concat $gates $policy.aipf)) }}}
    - {port: {{ .Values.pcfAdapter.callback.port }}, peers: {{ toJson $core }}}
    - {port: {{ .Values.management.port }}, peers: {{ toJson $policy.metrics }}}
  egress:
    - {port: {{ .Values.aipf.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "aipf")) }}}
    - {peers: {{ toJson $policy.aipf }}}
    - {peers: {{ toJson $core }}}
  extra-ingress: {{ toJson .Values.pcfAdapter.extraIngress }}
  extra-egress: {{ toJson .Values.pcfAdapter.extraEgress }}
aexf-agent:
  ingress:
    - {port: {{ .Values.aexfAgent.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "aipf") "others" $policy.aipf) }}}
    - {port: {{ .Values.aexfAgent.guard.port }}, peers: {{ toJson (concat $policy.ues $gates) }}}
    - {port: {{ .Values.management.port }}, peers: {{ toJson $policy.metrics }}}
  egress:
    - {port: {{ .Values.aipf.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "aipf")) }}}
    - {peers: {{ toJson $policy.aipf }}}
  extra-ingress: {{ toJson .Values.aexfAgent.extraIngress }}
  extra-egress: {{ toJson .Values.aexfAgent.extraEgress }}
issuer:
  ingress:
    - {port: {{ .Values.devIssuer.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "") "others" (concat $gates $policy.agents $policy.apps)) }}}
  egress: []
operator:
  ingress: []
  egress:
    - {port: {{ .Values.aipf.port }}, peers: {{ include "aipaging.these" (dict "root" . "functions" (list "aipf")) }}}
{{- end -}}
