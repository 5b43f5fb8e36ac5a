/** The prefixes that a node's network interface has for its pods. */
import ipaddr from "ipaddr.js";

/** Addresses of one prefix: EC2 delegates blocks of /28. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html */
const prefixLength = 28;

/** The prefixes that make up a block. @param cidr at least one prefix large */
export function prefixesOf(cidr: string): string[] {
  const [address, length] = ipaddr.IPv4.parseCIDR(cidr);
  const [a = 0, b = 0, c = 0, d = 0] = address.toByteArray();
  return Array.from({ length: 2 ** (prefixLength - length) }, (_, index) => {
    const last = d + index * 2 ** (32 - prefixLength);
    return `${[a, b, c + Math.floor(last / 256), last % 256].join(".")}/${prefixLength}`;
  });
}
