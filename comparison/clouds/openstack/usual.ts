/** What Octavia's objects have where nobody says otherwise: neither the components nor the controller do. https://docs.openstack.org/api-ref/load-balancer/v2/ */
export const usual = {
  listener: { isOn: true },
  pool: { isOn: true },
  member: { isOn: true, weight: 1, isBackup: false },
} as const;
