/**
 * The few calls of Route 53 that the lab makes, without the SDK's client, which has 70 others. The SDK's parts sign them and read the answers.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/Welcome.html
 */
import { SignedService } from "../calls/signedService.ts";
import type { Signing } from "../calls/signedService.ts";
import { changeBody, hostedZoneBody, recordSetsIn, zonesIn } from "./documents.ts";
import type { Change, HostedZone, RecordSet } from "./documents.ts";

/** Route 53 has one endpoint for all regions. https://docs.aws.amazon.com/general/latest/gr/r53.html */
const service = { endpoint: "https://route53.amazonaws.com", region: "us-east-1" } as const;

export class Route53 {
  readonly #service: SignedService;

  /** @param endpoint @default Route 53's own */
  constructor(signing: Signing, endpoint: string = service.endpoint) {
    this.#service = new SignedService(signing, { name: "route53", region: service.region, endpoint });
  }

  /** Those whose name is at or after this one, by reversed labels. */
  async zonesFrom(name: string): Promise<HostedZone[]> {
    return zonesIn(await this.#call("GET", "/hostedzonesbyname", { dnsname: name }));
  }

  async createZone(name: string, callerReference: string): Promise<void> {
    await this.#call("POST", "/hostedzone", {}, hostedZoneBody(name, callerReference));
  }

  /** Those at or after this name and type; the set with exactly these is first, if there is one. */
  async recordSetsFrom(zoneId: string, { name, type, setIdentifier }: RecordSetKey): Promise<RecordSet[]> {
    const query = { name, type, ...(setIdentifier === undefined ? {} : { identifier: setIdentifier }) };
    return recordSetsIn(await this.#call("GET", `/hostedzone/${zoneId}/rrset`, query));
  }

  /** All of them or none. */
  async change(zoneId: string, changes: readonly Change[]): Promise<void> {
    await this.#call("POST", `/hostedzone/${zoneId}/rrset/`, {}, changeBody(changes));
  }

  #call(
    method: "GET" | "POST",
    path: string,
    query: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<string> {
    return this.#service.call({
      method,
      path: `/2013-04-01${path}`,
      query,
      ...(body === undefined ? {} : { body }),
    });
  }
}

type RecordSetKey = Pick<RecordSet, "name" | "type" | "setIdentifier">;
