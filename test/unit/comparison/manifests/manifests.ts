/** Manifests to begin with, and what is read of them. */
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { cloudControllerManager } from "../../../../comparison/clouds/aws/cloudControllerManager/index.ts";
import { manifestFile } from "../../../../comparison/manifests/file.ts";
import type { FoundService } from "../../../../comparison/manifests/file.ts";
import { judgementOf } from "../../../../comparison/manifests/judgement.ts";
import type { JudgedService, Judgement } from "../../../../comparison/result/judgement.ts";
import type { ServiceFacts } from "../../../../comparison/model/service.ts";

export const served = { cloud: aws, controller: cloudControllerManager };

/** A Service that gets a Network Load Balancer. @param spec lines of YAML, indented by two spaces */
export function loadBalancer(annotations: Readonly<Record<string, string>> = {}, spec = ""): string {
  const lines = Object.entries({ type: "nlb", ...annotations }).map(
    ([name, value]) => `    service.beta.kubernetes.io/aws-load-balancer-${name}: ${JSON.stringify(value)}`,
  );
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations:
${lines.join("\n")}
spec:
  type: LoadBalancer
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
${spec}
`;
}

export const nodePort = (spec = ""): string => `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: NodePort
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
${spec}
`;

export function servicesIn(text: string): readonly FoundService[] {
  return manifestFile(text, "a.yaml", [cloudControllerManager]).services;
}

/** The facts of the only Service. */
export function factsIn(text: string): ServiceFacts {
  const [found] = servicesIn(text);
  if (found?.kind !== "valid") throw new Error(`not valid: ${found?.service.reasons.join(", ")}`);
  return found.service.facts;
}

/** What the API server would say of the only Service. */
export function problemsIn(text: string): readonly string[] {
  const [found] = servicesIn(text);
  return found?.kind === "invalid" ? found.service.reasons : [];
}

export function judged(text: string, size = {}): Promise<Judgement> {
  return judgementOf(servicesIn(text), { served, size, made: new Date(0) });
}

export async function onlyJudged(text: string, size = {}): Promise<JudgedService> {
  const { services } = await judged(text, size);
  const [service, ...others] = services;
  if (service === undefined || others.length > 0) throw new Error(`${services.length} Services`);
  return service;
}
