/** From a query to its answer, without sockets. */
import { AUTHORITATIVE_ANSWER, RECURSION_AVAILABLE, RECURSION_DESIRED } from "dns-packet";
import type { Answer, DecodedPacket, Packet, Question } from "dns-packet";
import type { LoadBalancerState } from "../clouds/aws/balancer/state.ts";
import { addressesOf, loadBalancerDomain } from "./records.ts";

/** Seconds that a client may keep an answer. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html */
const ttl = 60;

// https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml#dns-parameters-6
const opcodeBits = 0x7800;
const rcode = { noError: 0, formatError: 1, nameError: 3, notImplemented: 4 } as const;

/**
 * Answers as the VPC's resolver would, if there were no names but the lab's: others do not exist, which makes clients give up at once where a
 * refusal makes some of them ask again.
 *
 * @param order the order in which a name's addresses are listed; load balancers' names change it from answer to answer
 */
export function answer(
  query: DecodedPacket,
  loadBalancers: readonly LoadBalancerState[],
  order: (addresses: readonly string[]) => string[],
): Packet {
  const [question] = query.questions ?? [];
  if (((query.flags ?? 0) & opcodeBits) !== 0) return reply(query, rcode.notImplemented);
  if (question === undefined || query.questions?.length !== 1) return reply(query, rcode.formatError);
  const addresses = addressesOf(question.name, loadBalancers);
  if (addresses === undefined) return reply(query, rcode.nameError, [], [startOfAuthority(question)]);
  const answers =
    question.type === "A"
      ? order(addresses).map((data): Answer => ({ type: "A", name: question.name, ttl, data }))
      : [];
  return reply(query, rcode.noError, answers, answers.length === 0 ? [startOfAuthority(question)] : []);
}

/** Without it, clients may not remember that there is nothing. RFC 2308 */
function startOfAuthority({ name }: Question): Answer {
  const balancer = `.${name.toLowerCase()}`.endsWith(`.${loadBalancerDomain}`);
  return {
    type: "SOA",
    name: balancer ? loadBalancerDomain : ".",
    ttl,
    data: {
      mname: balancer ? `ns.${loadBalancerDomain}` : "ns",
      rname: "hostmaster",
      serial: 1,
      refresh: 7200,
      retry: 900,
      expire: 1209600,
      minimum: ttl,
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
