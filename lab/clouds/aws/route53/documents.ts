/** Route 53's XML documents: what is sent, and what is read. https://docs.aws.amazon.com/Route53/latest/APIReference/API_Types.html */

import { parseXML } from "@aws-sdk/xml-builder";
import { element, nodeIn, nodesIn, textIn } from "../calls/xml.ts";
import type { Node } from "../calls/xml.ts";

export interface HostedZone {
  /** Without `/hostedzone/`. */
  readonly id: string;
  /** With a final dot. */
  readonly name: string;
  readonly isPrivate: boolean;
}

/** A record set of one or more values. */
export interface RecordSet {
  readonly name: string;
  readonly type: string;
  /** Tells record sets of one name and type apart. */
  readonly setIdentifier?: string;
  readonly weight?: number;
  readonly ttlSeconds?: number;
  readonly values: readonly string[];
}

export interface Change {
  readonly action: "CREATE" | "UPSERT" | "DELETE";
  readonly recordSet: RecordSet;
}

const namespace = "https://route53.amazonaws.com/doc/2013-04-01/";
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

export function hostedZoneBody(name: string, callerReference: string): string {
  const fields = `${element("Name", name)}${element("CallerReference", callerReference)}`;
  return `${declaration}<CreateHostedZoneRequest xmlns="${namespace}">${fields}</CreateHostedZoneRequest>`;
}

export function changeBody(changes: readonly Change[]): string {
  const listed = changes.map(({ action, recordSet }) => {
    const { name, type, setIdentifier, weight, ttlSeconds, values } = recordSet;
    const records = values.map((value) => `<ResourceRecord>${element("Value", value)}</ResourceRecord>`);
    // In this order: the schema of the request is a sequence.
    const fields = [
      element("Name", name),
      element("Type", type),
      element("SetIdentifier", setIdentifier),
      element("Weight", weight),
      element("TTL", ttlSeconds),
      `<ResourceRecords>${records.join("")}</ResourceRecords>`,
    ].join("");
    return `<Change>${element("Action", action)}<ResourceRecordSet>${fields}</ResourceRecordSet></Change>`;
  });
  return `${declaration}<ChangeResourceRecordSetsRequest xmlns="${namespace}"><ChangeBatch><Changes>${listed.join("")}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`;
}

export function zonesIn(xml: string): HostedZone[] {
  const root = nodeIn(parseXML(xml) as Node, "ListHostedZonesByNameResponse");
  return nodesIn(nodeIn(root, "HostedZones"), "HostedZone").map((zone) => ({
    id: textIn(zone, "Id").replace(/^\/hostedzone\//, ""),
    name: textIn(zone, "Name"),
    isPrivate: textIn(nodeIn(zone, "Config"), "PrivateZone").toLowerCase() === "true",
  }));
}

export function recordSetsIn(xml: string): RecordSet[] {
  const root = nodeIn(parseXML(xml) as Node, "ListResourceRecordSetsResponse");
  return nodesIn(nodeIn(root, "ResourceRecordSets"), "ResourceRecordSet").map((set) => {
    const [setIdentifier, weight, ttl] = ["SetIdentifier", "Weight", "TTL"].map((name) => textIn(set, name));
    return {
      name: textIn(set, "Name"),
      type: textIn(set, "Type"),
      ...(setIdentifier ? { setIdentifier } : {}),
      ...(weight ? { weight: Number(weight) } : {}),
      ...(ttl ? { ttlSeconds: Number(ttl) } : {}),
      values: nodesIn(nodeIn(set, "ResourceRecords"), "ResourceRecord").map((each) => textIn(each, "Value")),
    };
  });
}
