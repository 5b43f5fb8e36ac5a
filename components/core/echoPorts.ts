/** Container ports of the app by name. A Service can use the name as `targetPort`. */
export const echoPorts = { http: 8080, udp: 8081 } as const;
