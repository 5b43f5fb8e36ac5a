/** Pages that several expectations come from. */
import { loadBalancerSource, securityGroupSource } from "../cloudControllerManager/upstream.ts";

const octavia = "https://docs.openstack.org/octavia/latest";

/** A load balancer is HAProxy, which ends the client's connection and opens one of its own. */
export const introduction = `${octavia}/reference/introduction.html`;
export const cookbook = `${octavia}/user/guides/basic-cookbook.html`;
export const api = "https://docs.openstack.org/api-ref/load-balancer/v2/";
export const securityGroups = "https://docs.openstack.org/neutron/latest/admin/intro-os-networking.html";
/** What an amphora gets: no `on-marked-down`, which by default leaves sessions alone, and the usual `redispatch`. */
export const template =
  "https://opendev.org/octavia/octavia/src/tag/19.0.0/octavia/common/jinja/haproxy/combined_listeners/templates/macros.j2";
export const haproxyReload = "https://docs.haproxy.org/2.6/management.html#4";
export const haproxyServers = "https://docs.haproxy.org/2.6/configuration.html#5.2";
export const serviceController =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go";
export const sourceIp = "https://kubernetes.io/docs/tutorials/services/source-ip/";
export const ofController = (what: string): string => `${loadBalancerSource} (${what})`;
export const ofControllersGroups = `${securityGroupSource} (ensureAndUpdateOctaviaSecurityGroup)`;
