{{/* The configuration files of the functions, keys as docs/configuration.md has them. */}}
{{- define "aipaging.skew" -}}
skew-bound: {{ .Values.lease.skewBound }}
skew-margin: {{ .Values.lease.skewMargin }}
{{- end -}}

{{- define "aipaging.aipfConfig" -}}
{{- $values := .Values.aipf -}}
nf-instance-id: {{ include "aipaging.of" (dict "root" . "function" "aipf") }}
set-id: {{ .Values.setId | quote }}
{{ include "aipaging.listening" (dict "root" . "port" $values.port "audience" "CUSTOM_AIPF") }}
catalog: /etc/aipaging/catalog/catalog.yaml
keys:
  {{- if .Values.keys.signingSecret }}
  signing-files: [/etc/aipaging/signing/signing.key]
  {{- end }}
  ue-hash-file: /etc/aipaging/ue-hash/ue-hash.key
store:
  kind: {{ $values.store.kind }}
  {{- if eq $values.store.kind "postgresql" }}
  uri-file: /etc/aipaging/store/uri
  {{- else }}
  path: /var/lib/aipaging/store
  {{- end }}
lease:
  term: {{ .Values.lease.term }}
  drain: {{ .Values.lease.drain }}
  {{- include "aipaging.skew" . | nindent 2 }}
qos-binding:
  {{- include "aipaging.peer" (dict "root" . "uri" (include "aipaging.pcfAdapterUri" .) "client" "nf-aipf" "audience" "CUSTOM_PCF_ADAPTER") | nindent 2 }}
gates:
  {{- range $values.gates }}
  - enforcer-id: {{ .enforcerId | quote }}
    {{- include "aipaging.peer" (dict "root" $ "uri" .uri "client" "nf-aipf" "audience" "CUSTOM_SMF_ADAPTER") | nindent 4 }}
  {{- end }}
  {{- if ne .Values.smfAdapter.placement "off" }}
  - enforcer-id: {{ .Values.smfAdapter.enforcerId | quote }}
    {{- $uri := include "aipaging.uri" (dict "root" . "function" "smf-adapter" "port" .Values.smfAdapter.port) }}
    {{- include "aipaging.peer" (dict "root" . "uri" $uri "client" "nf-aipf" "audience" "CUSTOM_SMF_ADAPTER") | nindent 4 }}
  {{- end }}
anchors:
  {{- if .Values.tls.enabled }}
  tls: {trust-file: /etc/aipaging/tls/ca.crt}
  {{- end }}
  token:
    {{- include "aipaging.token" (dict "root" . "client" "nf-aipf" "audience" "CUSTOM_AEXF") | nindent 4 }}
core: {{ include "aipaging.coreName" . }}
{{ include "aipaging.nrf" . }}
{{- end -}}

{{- define "aipaging.nefConfig" -}}
nf-instance-id: {{ include "aipaging.of" (dict "root" . "function" "nef-exposure") }}
{{ include "aipaging.listening" (dict "root" . "port" .Values.nefExposure.port "audience" "NEF") }}
aipf:
  {{- $uri := .Values.aipf.uri }}
  {{- if .Values.aipf.enabled }}
  {{- $uri = include "aipaging.uri" (dict "root" . "function" "aipf" "port" .Values.aipf.port) }}
  {{- end }}
  {{- include "aipaging.peer" (dict "root" . "uri" (required "aipf.uri must be named where aipf.enabled is false" $uri) "client" "nf-nef" "audience" "CUSTOM_AIPF") | nindent 2 }}
apps:
  {{- range .Values.nefExposure.apps }}
  - af-id: {{ .afId | quote }}
    ue-prefixes: {{ toJson .uePrefixes }}
    sessions-max: {{ .sessionsMax }}
  {{- else }}
  []
  {{- end }}
{{- end -}}

{{- define "aipaging.pcfAdapterConfig" -}}
{{- $values := .Values.pcfAdapter -}}
{{- $core := .Values.core -}}
{{ include "aipaging.listening" (dict "root" . "port" $values.port "audience" "CUSTOM_PCF_ADAPTER") }}
callback:
  listener: {host: 0.0.0.0, port: {{ $values.callback.port }}}
  public-uri: {{ default (printf "http://%s.%s.svc:%v" (include "aipaging.of" (dict "root" . "function" "pcf-adapter")) .Release.Namespace $values.callback.port) $values.callback.uri | quote }}
core: {{ include "aipaging.coreName" . }}
{{ include "aipaging.nrf" . }}
pcf:
  {{- with $core.pcf.uri }}
  client:
    base-uri: {{ . | quote }}
    http2: {{ ne $core.flavour "free5gc" }}
    {{- if hasPrefix "https:" . }}
    tls: {trust-file: /etc/aipaging/core-tls/ca.crt, cert-file: /etc/aipaging/core-tls/tls.crt, key-file: /etc/aipaging/core-tls/tls.key}
    {{- end }}
  {{- end }}
  {{- with $core.pduInfo }}
  pdu-info: {{ toJson . }}
  {{- end }}
  sessions:
    {{- with $core.dnn }}
    dnn: {{ . | quote }}
    {{- end }}
    {{- with $core.snssai }}
    snssai: {{ toJson . }}
    {{- end }}
    tiers:
      {{- range $core.tiers }}
      - qos-reference: {{ .qosReference | quote }}
        med-type: {{ .medType }}
        guaranteed: {{ .guaranteed }}
        {{- if hasKey . "named" }}
        named: {{ .named }}
        {{- end }}
      {{- else }}
      []
      {{- end }}
journal: /var/lib/aipaging/pcf-adapter.journal
aipf:
  {{- include "aipaging.peer" (dict "root" . "uri" (include "aipaging.aipfUri" .) "client" "nf-pcf-adapter" "audience" "CUSTOM_AIPF") | nindent 2 }}
{{- end -}}

{{- define "aipaging.smfAdapterConfig" -}}
{{- $values := .Values.smfAdapter -}}
gate:
  enforcer-id: {{ $values.enforcerId | quote }}
  aipf-issuer: {{ .Values.setId | quote }}
  journal: /var/lib/aipaging/gate.journal
  {{- include "aipaging.skew" . | nindent 2 }}
nftables:
  ue-devices: {{ toJson $values.ueDevices }}
  n6-devices: {{ toJson $values.n6Devices }}
  services: {{ toJson $values.services }}
  next-hops: {{ toJson $values.nextHops }}
  dnat-anchors: {{ toJson $values.dnatAnchors }}
  qos-classes: {{ toJson $values.qosClasses }}
{{ include "aipaging.listening" (dict "root" . "port" $values.port "audience" "CUSTOM_SMF_ADAPTER" "managementPort" $values.managementPort) }}
aipf:
  {{- include "aipaging.client" (dict "uri" (include "aipaging.aipfUri" .)) | nindent 2 }}
token:
  {{- include "aipaging.token" (dict "root" . "client" "nf-smf-adapter" "audience" "CUSTOM_AIPF") | nindent 2 }}
{{- with $values.corePath }}
{{- if .enabled }}
core-path:
  core: {{ include "aipaging.coreName" $ }}
  driver: {{ .driver }}
  {{- required "smfAdapter.corePath needs core.nrf.uris, or a core.flavour that implies them" (include "aipaging.nrf" $) | nindent 2 }}
  callback:
    listener: {host: 0.0.0.0, port: {{ .callbackPort }}}
    public-uri: {{ default (printf "http://%s.%s.svc:%v" (include "aipaging.of" (dict "root" $ "function" "smf-adapter")) $.Release.Namespace .callbackPort) .callbackUri | quote }}
  {{- if eq .driver "af-route" }}
  pcf-adapter:
    {{- include "aipaging.peer" (dict "root" $ "uri" (include "aipaging.pcfAdapterUri" $) "client" "nf-smf-adapter" "audience" "CUSTOM_PCF_ADAPTER") | nindent 4 }}
  {{- end }}
  route-profile: {{ required "smfAdapter.corePath.routeProfile must be named" .routeProfile | quote }}
  journal: /var/lib/aipaging/core-path.journal
{{- end }}
{{- end }}
{{- end -}}

{{- define "aipaging.agentConfig" -}}
{{- $values := .Values.aexfAgent -}}
anchor:
  anchor-id: {{ $values.anchorId | quote }}
  enforcer-id: {{ $values.enforcerId | quote }}
  aisis: {{ toJson $values.aisis }}
  slots: {{ $values.slots }}
  aipf-issuer: {{ .Values.setId | quote }}
  {{- include "aipaging.skew" . | nindent 2 }}
  journal: /var/lib/aipaging/anchor.journal
  guard:
    host: 0.0.0.0
    port: {{ $values.guard.port }}
    gateways: {{ toJson $values.guard.gateways }}
  model:
    host: {{ $values.model.host | quote }}
    port: {{ $values.model.port }}
    health-path: {{ $values.model.healthPath | quote }}
ue-hash-key-file: /etc/aipaging/ue-hash/ue-hash.key
aipf:
  {{- include "aipaging.client" (dict "uri" (include "aipaging.aipfUri" .)) | nindent 2 }}
token:
  {{- include "aipaging.token" (dict "root" . "client" "aexf-agent" "audience" "CUSTOM_AIPF") | nindent 2 }}
{{ include "aipaging.listening" (dict "root" . "port" $values.port "audience" "CUSTOM_AEXF") }}
{{- end -}}

{{/* What is not the clients of the issuer; those the environment names, with their secrets. */}}
{{- define "aipaging.devIssuerConfig" -}}
listener:
  host: 0.0.0.0
  port: {{ .Values.devIssuer.port }}
  {{- if .Values.tls.enabled }}
  tls: {cert-file: /etc/aipaging/tls/tls.crt, key-file: /etc/aipaging/tls/tls.key}
  {{- end }}
issuer: {{ include "aipaging.issuer" . | quote }}
key-file: /tmp/issuer-signing.key
{{- end -}}
