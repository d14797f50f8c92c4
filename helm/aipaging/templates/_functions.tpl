{{/* JSON list of the functions that this release runs. */}}
{{- define "aipaging.functions" -}}
{{- $on := list -}}
{{- if .Values.aipf.enabled }}{{ $on = append $on "aipf" }}{{ end -}}
{{- if .Values.nefExposure.enabled }}{{ $on = append $on "nef-exposure" }}{{ end -}}
{{- if .Values.pcfAdapter.enabled }}{{ $on = append $on "pcf-adapter" }}{{ end -}}
{{- if ne .Values.smfAdapter.placement "off" }}{{ $on = append $on "smf-adapter" }}{{ end -}}
{{- if .Values.aexfAgent.enabled }}{{ $on = append $on "aexf-agent" }}{{ end -}}
{{- if .Values.devIssuer.enabled }}{{ $on = append $on "issuer" }}{{ end -}}
{{- toJson $on -}}
{{- end -}}

{{/* The catalogue's text, empty where it is a ConfigMap of the operator's. */}}
{{- define "aipaging.catalog" -}}
{{- if not .Values.catalog.existingConfigMap -}}
{{- default (.Files.Get "files/catalog.yaml") .Values.catalog.content -}}
{{- end -}}
{{- end -}}
