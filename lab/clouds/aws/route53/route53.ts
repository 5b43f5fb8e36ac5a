/**
 * The few calls of Route 53 that the lab makes, without the SDK's client, which has 70 others. The SDK's parts sign them and read the answers.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/Welcome.html
 */
import { SignatureV4 } from "@smithy/signature-v4";
import { changeBody, hostedZoneBody, recordSetsIn, zonesIn } from "./documents.ts";
import type { Change, HostedZone, RecordSet } from "./documents.ts";

/** As the configuration of a client of the SDK has them. */
export type Signing = Pick<ConstructorParameters<typeof SignatureV4>[0], "credentials" | "sha256">;

/** Route 53 has one endpoint for all regions. https://docs.aws.amazon.com/general/latest/gr/r53.html */
const service = { endpoint: "https://route53.amazonaws.com", region: "us-east-1" } as const;

/** An answer that is an error; its name is AWS's code, such as `InvalidChangeBatch`. */
export class Route53Error extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = code;
    this.$metadata = { httpStatusCode: status };
  }
}

export class Route53 {
  readonly #endpoint: URL;
  readonly #signer: SignatureV4;

  /** @param endpoint @default Route 53's own */
  constructor({ credentials, sha256 }: Signing, endpoint: string = service.endpoint) {
    this.#endpoint = new URL(endpoint);
    this.#signer = new SignatureV4({ credentials, sha256, service: "route53", region: service.region });
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

  async #call(
    method: "GET" | "POST",
    path: string,
    query: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<string> {
    const { protocol, hostname, host, port } = this.#endpoint;
    const request = await this.#signer.sign({
      method,
      protocol,
      hostname,
      ...(port === "" ? {} : { port: Number(port) }),
      path: `/2013-04-01${path}`,
      query: { ...query },
      headers: { host, ...(body === undefined ? {} : { "content-type": "application/xml" }) },
      ...(body === undefined ? {} : { body }),
    });
    const url = new URL(request.path, this.#endpoint);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const response = await fetch(url, {
      method,
      headers: request.headers,
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (response.ok) return text;
    throw errorOf(text, response.status);
  }
}

type RecordSetKey = Pick<RecordSet, "name" | "type" | "setIdentifier">;

/** Of the two forms that errors have. https://docs.aws.amazon.com/Route53/latest/APIReference/requests-rest-responses.html */
function errorOf(text: string, status: number): Route53Error {
  const [, code = `HTTP ${status}`] = /<Code>([^<]*)<\/Code>/.exec(text) ?? [];
  const [, message = text.slice(0, 200)] = /<Message>([^<]*)<\/Message>/.exec(text) ?? [];
  return new Route53Error(code, message, status);
}
