/** A service with the query protocol: parameters as a form, XML as the answer. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html */
import { parseXML } from "@aws-sdk/xml-builder";
import { SignedService } from "./signedService.ts";
import type { Signing } from "./signedService.ts";
import { nodeIn } from "./xml.ts";
import type { Node } from "./xml.ts";

export type Parameters = Readonly<Record<string, string>>;

export class QueryService {
  readonly #service: SignedService;
  readonly #version: string;

  constructor(signing: Signing, service: ConstructorParameters<typeof SignedService>[1], version: string) {
    this.#service = new SignedService(signing, service);
    this.#version = version;
  }

  /** @returns the element `<Action>Result`, empty if the answer has none */
  async call(action: string, parameters: Parameters): Promise<Node> {
    const form = new URLSearchParams({ Action: action, Version: this.#version, ...parameters });
    const text = await this.#service.call({
      method: "POST",
      path: "/",
      body: form.toString(),
      contentType: "application/x-www-form-urlencoded; charset=utf-8",
    });
    const root = nodeIn(parseXML(text) as Node, `${action}Response`);
    return nodeIn(root, `${action}Result`);
  }
}

/** `name.member.1` and so on. */
export function members(name: string, values: readonly string[]): Parameters {
  return Object.fromEntries(values.map((value, index) => [`${name}.member.${index + 1}`, value]));
}

/** `name.member.1.Key`, `name.member.1.Value` and so on. */
export function pairs(
  name: string,
  values: Readonly<Record<string, string>>,
  key: "Key" | "Name",
): Parameters {
  return Object.fromEntries(
    Object.entries(values).flatMap(([each, value], index) => [
      [`${name}.member.${index + 1}.${key}`, each],
      [`${name}.member.${index + 1}.Value`, value],
    ]),
  );
}
