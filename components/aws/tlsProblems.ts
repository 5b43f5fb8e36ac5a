import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../core/validation.ts";
import { partnerOf, repeated } from "../core/validation.ts";
import type { CheckedPort } from "./healthCheck.ts";
import { alpnPolicies, certificateArn, certificatesOf, defaultSslPolicy } from "./tls.ts";
import type { Tls } from "./tls.ts";

/** What is wrong with the TLS of ports in every way. */
export function tlsProblems(ports: readonly CheckedPort[]): Problem[] {
  return ports.flatMap((port, index) => {
    const { tls } = port;
    if (tls === undefined) return [];
    const path = `ports[${index}].tls`;
    return [
      ...transportProblems(port, ports, path),
      ...certificateProblems(tls, path),
      ...policyProblems(tls, path),
      ...oneOf(`${path}.alpnPolicy`, tls.alpnPolicy, alpnPolicies),
      ...oneOf(`${path}.targetProtocol`, tls.targetProtocol, ["TCP", "TLS"]),
    ];
  });
}

function transportProblems(
  port: CheckedPort,
  ports: readonly CheckedPort[],
  propertyPath: string,
): Problem[] {
  const { name, protocol } = port;
  if (protocol === "UDP")
    return [
      {
        propertyPath,
        reason: `it is not allowed for the UDP port "${name}": TLS is over TCP; omit one of both`,
      },
    ];
  const partner = partnerOf(port, ports);
  if (partner === undefined) return [];
  return [
    {
      propertyPath,
      reason: `it is not allowed: "${partner.name}" has the same number (${port.port}) with UDP, and AWS has one listener for a number, which then takes both without TLS; give one of them another number`,
    },
  ];
}

function certificateProblems(tls: Tls, path: string): Problem[] {
  const certificates = certificatesOf(tls);
  const pathOf = (index: number): string => certificatePath(path, index);
  const regionOf = (arn = ""): string | undefined => certificateArn.exec(arn)?.groups?.region;
  const region = certificates.map(regionOf).find((each) => each !== undefined);
  return [
    ...certificates.flatMap((arn, index) => {
      const propertyPath = pathOf(index);
      if (!certificateArn.test(arn))
        return [
          {
            propertyPath,
            reason: `"${arn}" is not allowed; allowed is the ARN of a certificate in ACM or IAM, such as arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012`,
          },
        ];
      const own = regionOf(arn);
      if (own === undefined || own === region) return [];
      return [
        {
          propertyPath,
          reason: `"${arn}" is in ${own}, and ${pathOf(certificates.findIndex((each) => regionOf(each) === region))} is in ${region ?? ""}; allowed are certificates of the load balancer's region; request or import it there`,
        },
      ];
    }),
    ...repeated(certificates, pathOf, (arn) => arn),
  ];
}

/** @param index among the certificates, of which the first is the default one */
const certificatePath = (path: string, index: number): string =>
  index === 0 ? `${path}.certificateArn` : `${path}.additionalCertificateArns[${index - 1}]`;

/** AWS adds policies, so any name of the kind is taken. */
function policyProblems({ sslPolicy }: Tls, path: string): Problem[] {
  if (sslPolicy === undefined || /^ELBSecurityPolicy-[A-Za-z0-9-]+$/.test(sslPolicy)) return [];
  return [
    {
      propertyPath: `${path}.sslPolicy`,
      reason: `"${sslPolicy}" is not allowed; allowed are names of AWS's policies, such as ELBSecurityPolicy-TLS13-1-2-2021-06; aws elbv2 describe-ssl-policies lists them`,
    },
  ];
}

function oneOf(propertyPath: string, value: string | undefined, allowed: readonly string[]): Problem[] {
  if (value === undefined || allowed.includes(value)) return [];
  return [{ propertyPath, reason: `"${value}" is not allowed; allowed are ${allowed.join(", ")}` }];
}

/**
 * AWS takes certificates of the load balancer's own region alone.
 *
 * @param zones availability zones of the load balancer, or of none
 */
export function regionProblems(ports: readonly CheckedPort[], zones: readonly string[]): Problem[] {
  const region = regionOfZone(zones[0]);
  if (region === undefined) return [];
  return ports.flatMap(({ tls }, index) =>
    tls === undefined
      ? []
      : certificatesOf(tls).flatMap((arn, place) => {
          const own = certificateArn.exec(arn)?.groups?.region;
          if (own === undefined || own === region) return [];
          return [
            {
              propertyPath: certificatePath(`ports[${index}].tls`, place),
              reason: `"${arn}" is in ${own}, and the load balancer is in ${region}; allowed are certificates of that region; request or import it there`,
            },
          ];
        }),
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html; a Local Zone's name begins with its region, too */
function regionOfZone(zone = ""): string | undefined {
  return /^[a-z]{2}(?:-[a-z]+)+-\d+(?=[a-z]|-[a-z])/.exec(zone)?.[0];
}

/** A Service's annotations are for all its TLS ports alike. @param controller who reads them */
function differentTlsProblems(ports: readonly CheckedPort[], controller: string): Problem[] {
  const first = ports.find(({ tls }) => tls !== undefined);
  if (first?.tls === undefined) return [];
  const resolved = resolve(first.tls);
  return ports.flatMap(({ name, tls }, index) =>
    tls === undefined || isDeepStrictEqual(resolve(tls), resolved)
      ? []
      : [
          {
            propertyPath: `ports[${index}].tls`,
            reason: `it is for "${name}" alone, and differs from that of "${first.name}": ${controller} has the same for all TLS ports of a Service; set it alike, use an exposure for each, or use a NodePortExposure`,
          },
        ],
  );
}

const resolve = (tls: Tls) => ({
  certificates: certificatesOf(tls),
  sslPolicy: tls.sslPolicy ?? defaultSslPolicy,
  alpnPolicy: tls.alpnPolicy ?? "None",
  targetProtocol: tls.targetProtocol ?? "TCP",
});

/**
 * What the AWS cloud controller manager cannot do with TLS: it sends one certificate and no ALPN policy.
 * kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws_loadbalancer.go (createListenerV2)
 */
export function loadBalancerTlsProblems(ports: readonly CheckedPort[]): Problem[] {
  const others = 'omit it, use a NodePortExposure, or set controller to "aws-load-balancer-controller"';
  return [
    ...differentTlsProblems(ports, "the AWS cloud controller manager"),
    ...ports.flatMap(({ tls }, index) => {
      const { additionalCertificateArns: further = [], alpnPolicy } = tls ?? {};
      const path = `ports[${index}].tls`;
      return [
        ...(further.length === 0
          ? []
          : [
              {
                propertyPath: `${path}.additionalCertificateArns`,
                reason: `${further.join(", ")} cannot be set: the AWS cloud controller manager sends one certificate for a listener; ${others}`,
              },
            ]),
        ...(alpnPolicy === undefined
          ? []
          : [
              {
                propertyPath: `${path}.alpnPolicy`,
                reason: `${alpnPolicy} cannot be set: the AWS cloud controller manager never sends an ALPN policy, so the listener offers no protocol; ${others}`,
              },
            ]),
      ];
    }),
  ];
}

export const loadBalancerControllerTlsProblems = (ports: readonly CheckedPort[]): Problem[] =>
  differentTlsProblems(ports, "the AWS Load Balancer Controller");
