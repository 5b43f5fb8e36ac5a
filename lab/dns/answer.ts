/** From a query to its answer, without sockets. */
import { AUTHORITATIVE_ANSWER, RECURSION_AVAILABLE, RECURSION_DESIRED } from "dns-packet";
import type { Answer, DecodedPacket, Packet } from "dns-packet";
import type { CloudNames } from "../clouds/cloud.ts";

/** How long a client may keep an answer. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html */
const ttlSeconds = 60;

// https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml#dns-parameters-6
const opcodeBits = 0x7800;
const rcode = { noError: 0, formatError: 1, nameError: 3, notImplemented: 4 } as const;

/**
 * Answers as the network's resolver would if there were no names but the lab's. Other names do not exist: that makes clients give up at once, whereas some of
 * them would repeat a refused query.
 *
 * @param order the order in which a name's addresses are listed; load balancers' names change it from answer to answer
 * @param random at least 0 and less than 1: chooses where a name stands for one of several others
 */
export function answer(
  query: DecodedPacket,
  names: CloudNames,
  order: (addresses: readonly string[]) => string[],
  random: number,
): Packet {
  const [question] = query.questions ?? [];
  if (((query.flags ?? 0) & opcodeBits) !== 0) return reply(query, rcode.notImplemented);
  if (question === undefined || query.questions?.length !== 1) return reply(query, rcode.formatError);
  const alias = names.aliasOf(question.name, random);
  // RFC 1034, 3.6.2: the answer has the alias, and goes on with the name that it stands for.
  const aliases: Answer[] =
    alias === undefined
      ? []
      : [{ type: "CNAME", name: question.name, ttl: alias.ttlSeconds, data: alias.target }];
  const name = alias?.target ?? question.name;
  const addresses = names.addressesOf(name);
  const authority = startOfAuthority(names.domainOf(name));
  if (addresses === undefined) return reply(query, rcode.nameError, aliases, [authority]);
  const answers =
    question.type === "A"
      ? order(addresses).map((data): Answer => ({ type: "A", name, ttl: ttlSeconds, data }))
      : [];
  return reply(query, rcode.noError, [...aliases, ...answers], answers.length === 0 ? [authority] : []);
}

/** Without it, clients may not cache a negative answer. RFC 2308 */
function startOfAuthority(domain: string | undefined): Answer {
  return {
    type: "SOA",
    name: domain ?? ".",
    ttl: ttlSeconds,
    data: {
      mname: domain === undefined ? "ns" : `ns.${domain}`,
      rname: "hostmaster",
      serial: 1,
      refresh: 7200,
      retry: 900,
      expire: 1209600,
      minimum: ttlSeconds,
    },
  };
}

function reply(
  query: DecodedPacket,
  code: number,
  answers: Answer[] = [],
  authorities: Answer[] = [],
): Packet {
  const extended = query.additionals?.some(({ type }) => type === "OPT") === true;
  return {
    type: "response",
    ...(query.id === undefined ? {} : { id: query.id }),
    flags: AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | ((query.flags ?? 0) & RECURSION_DESIRED) | code,
    questions: query.questions ?? [],
    answers,
    authorities,
    additionals: extended
      ? [
          {
            type: "OPT",
            name: ".",
            udpPayloadSize: 1232,
            extendedRcode: 0,
            ednsVersion: 0,
            flags: 0,
            flag_do: false,
            options: [],
          },
        ]
      : [],
  };
}
