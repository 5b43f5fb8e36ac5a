/**
 * The result of judging manifests without a cluster. docs/judgement.schema.json documents its JSON form, and the field `schema` holds its version: a change that
 * could break a reader takes a new version.
 */
import * as v from "valibot";
import { unheeded } from "./comparison.ts";

export const judgementVersion = "nodeport-vs-loadbalancer/judgement/v3";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const described = <T extends v.GenericSchema>(description: string, of: T) =>
  v.pipe(of, v.description(description));
const list = <T extends v.GenericSchema>(of: T) => v.array(of);

/** A load balancer of the user's own. */
const own = v.object({
  component: text,
  name: text,
  arguments: described("Arguments of the component, without the network.", v.record(text, v.unknown())),
  program: described("The same as a program in TypeScript.", text),
  verdict: described(
    "`equivalent`: clients cannot tell. `different`: the component has no option for something. `refused`: the component does not take these arguments.",
    v.picklist(["equivalent", "different", "refused"]),
  ),
  reasons: described(
    "What differs, one sentence each: for a known reason if it is equivalent. Or why the component refuses the arguments.",
    list(text),
  ),
});

const judgedService = v.object({
  service: described("Namespace and name.", text),
  place: described("Where it is, such as `a.yaml, document 2`.", text),
  type: text,
  controller: described(
    "The controller that serves the Service, or that is asked why none does; null if the Service is invalid.",
    v.nullable(text),
  ),
  outcome: described(
    "`made`: the controller makes the load balancer. `own`: type NodePort, so the load balancer is the user's own. `refused`: the controller makes nothing. `not its own`: the controller leaves the Service to others, or makes something that is not compared. `not modelled`: the controller serves the Service, and no model says what it makes. `not exposed`: a Service of its type has no load balancer. `invalid`: the API server refuses it.",
    v.picklist(["made", "own", "refused", "not its own", "not modelled", "not exposed", "invalid"]),
  ),
  reasons: described("Why there is no load balancer; empty if there is one.", list(text)),
  andThen: described(
    "What the controller would refuse next, in its order, once the reasons before are mended: it stops at the first.",
    list(text),
  ),
  withoutEffect: described(
    "Annotations that do not do what they seem to do.",
    list(v.omit(unheeded, ["side", "service"])),
  ),
  notes: described("What to know before it is made, one sentence each.", list(text)),
  values: described(
    "The load balancer, its listeners and the rules for it; empty if there is none.",
    list(v.object({ section: text, title: text, value: text })),
  ),
  own: described(
    "The same with a load balancer of your own; null if there is no load balancer.",
    v.nullable(own),
  ),
});

export const judgementSchema = v.object({
  schema: v.literal(judgementVersion),
  made: described("When, in ISO 8601.", text),
  controller: described("The controller that is assumed to serve Services that name none.", text),
  assumed: described("The network that is assumed.", text),
  verdict: v.object({
    kind: described(
      "`refused`: at least one Service gets no load balancer although its type asks for one, or is invalid.",
      v.picklist(["judged", "refused"]),
    ),
    sentence: text,
  }),
  services: list(judgedService),
  firewall: described(
    "Firewall rules that all of these load balancers need together, in one group.",
    v.object({ needed: count, allowed: count, what: text, source: text }),
  ),
});

export type Judgement = v.InferOutput<typeof judgementSchema>;
export type JudgedService = v.InferOutput<typeof judgedService>;
export type OwnWay = v.InferOutput<typeof own>;
