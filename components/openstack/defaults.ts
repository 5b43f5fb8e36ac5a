/** Defaults and bounds of Octavia's load balancers, and of the controller where it decides. */

/**
 * Controller: kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/openstack.go (ReadConfig) and loadbalancer.go (makeSvcConf). The time-outs are Octavia's own as well:
 * octavia 19.0.0, octavia/common/constants.py (DEFAULT_TIMEOUT_*).
 */
export const octaviaDefaults = {
  healthMonitor: { delaySeconds: 5, timeoutSeconds: 3, maxRetries: 1, maxRetriesDown: 3 },
  lbMethod: "ROUND_ROBIN",
  connectionLimit: -1,
  timeouts: {
    clientDataMilliseconds: 50000,
    memberConnectMilliseconds: 5000,
    memberDataMilliseconds: 50000,
    tcpInspectMilliseconds: 0,
  },
  loadbalancerProvider: "amphora",
} as const;

/** Inclusive. octavia 19.0.0: octavia/common/constants.py (MIN_HM_RETRIES, MAX_TIMEOUT), octavia/common/config.py (udp_connect_min_interval_health_monitor) */
export const octaviaRanges = {
  delaySeconds: { min: 1, max: 2147483647 },
  udpDelaySeconds: { min: 3, max: 2147483647 },
  retries: { min: 1, max: 10 },
  timeoutMilliseconds: { min: 0, max: 24 * 24 * 60 * 60 * 1000 },
  connectionLimit: { min: 1, max: 2147483647 },
} as const;

/** Octavia's and Neutron's names are columns of this length. */
export const longestName = 255;
