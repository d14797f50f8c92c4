/** The Helm chart: what it renders, and whether Kubernetes and the functions accept that. */
package io.aipaging.chart;
