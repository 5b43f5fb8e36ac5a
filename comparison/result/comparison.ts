/**
 * The result of a comparison: everything that a report shows, computed. Its JSON form is documented in docs/comparison.schema.json, and its version is `schema`:
 * a change that a reader could trip over takes a new number.
 */
import * as v from "valibot";
import { scenarioSchema } from "./scenarioSchema.ts";

export const schemaVersion = "nodeport-vs-loadbalancer/comparison/v1";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A field whose meaning is part of the published schema. */
const described = <T extends v.GenericSchema>(description: string, of: T) =>
  v.pipe(of, v.description(description));
const list = <T extends v.GenericSchema>(of: T) => v.array(of);

/** Of one aspect. `unknown`: a source that should have said it did not; `not seen`: there is no such source here. */
export const aspectVerdicts = ["same", "equivalent", "different", "unknown", "not seen"] as const;

/** One value that is not the same on both sides. */
const difference = v.object({
  path: described(
    "Where in the facts, by roles: `loadBalancer / targetGroups / <target group of TCP 80> / healthCheck / intervalSeconds`.",
    text,
  ),
  left: described("Null where there is nothing.", v.nullable(text)),
  right: v.nullable(text),
  explanation: described(
    "Id of the catalogue's entry that explains it; null if none does.",
    v.nullable(text),
  ),
});

const aspect = v.object({
  id: text,
  section: v.picklist(["Service", "load balancer", "listeners", "firewall", "name", "data path"]),
  title: text,
  left: text,
  right: text,
  verdict: v.picklist(aspectVerdicts),
  values: described("How many single values it covers, on both sides together.", count),
  differences: list(difference),
});

/** An entry of the catalogue of differences that this comparison uses. */
const explanation = v.object({
  id: text,
  why: text,
  affects: described("Who notices it.", text),
  remedy: described("How to remove it; null if nothing can.", v.nullable(text)),
  source: text,
});

/** A difference that the catalogue says there must be, and there is not. */
const missing = v.object({ explanation: text, path: text, left: v.nullable(text), right: v.nullable(text) });

const prediction = v.object({
  service: described("Which exposure the cloud controller makes a load balancer for.", text),
  outcome: described(
    "`not checked`: planned only, or a source is missing.",
    v.picklist(["right", "wrong", "not checked"]),
  ),
  reason: text,
  checked: count,
  wrong: list(v.object({ path: text, predicted: v.nullable(text), found: v.nullable(text) })),
});

const statement = v.object({
  id: text,
  saidBy: v.picklist(["question", "answer 1", "answer 2"]),
  statement: text,
  verdict: v.picklist(["true", "true by default", "outdated", "false by default", "imprecise"]),
  why: text,
  evidence: described("What this run shows of it; null if it shows nothing.", v.nullable(text)),
  contradicts: described(
    "Whether what the run shows speaks against the verdict, which is then wrong of this cluster.",
    v.boolean(),
  ),
  notTried: described("Without evidence, what it would take; null if there is evidence.", v.nullable(text)),
  source: text,
});

const byWay = v.object({
  nodePort: described("With a NodePort Service, on whichever side.", text),
  loadBalancer: described("With a LoadBalancer Service, on whichever side.", text),
  left: described("What is true of the left side's Service, of whatever type.", text),
  right: described("What is true of the right side's Service, of whatever type.", text),
});

/** Who does what to one kind of object, and when. */
const lifeCycle = v.object({
  object: text,
  creates: byWay,
  updates: byWay,
  repairs: byWay,
  deletes: byWay,
  source: text,
});

const costWay = v.object({
  way: text,
  monthly: described("In US dollars a month.", v.number()),
  formula: text,
});

const cost = v.object({
  prices: list(v.object({ item: text, unit: text, dollars: v.number(), quantity: text })),
  region: text,
  date: described("ISO date on which the prices were read.", text),
  source: text,
  hoursPerMonth: v.number(),
  here: list(costWay),
  byServices: described(
    "Dollars a month by number of Services: with a load balancer each, which both ways cost alike, and with one shared by all, which only the hand-made way can have.",
    list(v.object({ services: count, oneEach: v.number(), oneShared: v.number() })),
  ),
  notes: list(text),
});

const traffic = v.object({
  side: text,
  sent: count,
  answered: count,
  byPod: v.record(text, count),
  byNode: v.record(text, count),
  clientAddresses: list(text),
  shortcomings: described("What is not as it should be; empty if all is well.", list(text)),
});

const sideSchema = v.object({
  title: described("How the side is called, such as `NodePort + own NLB`.", text),
  service: described("Namespace and name of the Service.", text),
});

/** Nodes of the picture and what connects them; the layout is the drawing's. */
const picture = v.object({
  objects: list(
    v.object({
      id: text,
      side: described("`left`, `right`, or shared by both.", v.picklist(["left", "right", "both"])),
      kind: v.picklist([
        "client",
        "load balancer",
        "Service",
        "zone",
        "node",
        "kube-proxy",
        "pod",
        "program",
        "cloud controller",
      ]),
      label: described("Lines are separated by line feeds.", text),
      owner: v.picklist(["program", "cloud controller", "kubernetes", "other", "none"]),
      within: described(
        "Id of what it is in: a node is in a zone, kube-proxy and pods are on a node; null if it is in nothing.",
        v.nullable(text),
      ),
    }),
  ),
  /** `asks`: from a Service to the cloud controller. */
  edges: list(
    v.object({ from: text, to: text, kind: v.picklist(["traffic", "makes", "asks"]), label: text }),
  ),
});

export const comparisonSchema = v.object({
  schema: v.literal(schemaVersion),
  basis: v.picklist(["planned", "measured"]),
  made: described("When, in ISO 8601.", text),
  left: sideSchema,
  right: sideSchema,
  verdict: v.object({
    kind: v.picklist(["equivalent", "different", "incomplete"]),
    sentence: described("One sentence.", text),
    reasons: described("Why it is not equivalent, a sentence each.", list(text)),
  }),
  counts: v.object({
    same: count,
    equivalent: count,
    different: count,
    unknown: count,
    unexplained: described(
      "Of single values: differences without an explanation, and explanations without a difference. The others count aspects.",
      count,
    ),
  }),
  sources: list(
    v.object({
      source: text,
      side: v.picklist(["left", "right", "both"]),
      outcome: v.picklist(["known", "unavailable", "unreachable"]),
      reason: text,
    }),
  ),
  aspects: list(aspect),
  explanations: list(explanation),
  missing: list(missing),
  predictions: list(prediction),
  traffic: described("Empty unless requests were sent.", list(traffic)),
  scenarios: described("Scenarios that this run went through; empty if none.", list(scenarioSchema)),
  statements: list(statement),
  lifeCycle: list(lifeCycle),
  cost,
  picture,
  limits: described("What this comparison does not show, a sentence each.", list(text)),
});

export type Comparison = v.InferOutput<typeof comparisonSchema>;
export type Aspect = v.InferOutput<typeof aspect>;
export type Difference = v.InferOutput<typeof difference>;
export type Statement = v.InferOutput<typeof statement>;
export type LifeCycle = v.InferOutput<typeof lifeCycle>;
export type Cost = v.InferOutput<typeof cost>;
export type Prediction = v.InferOutput<typeof prediction>;
export type Explanation = v.InferOutput<typeof explanation>;
export type Picture = v.InferOutput<typeof picture>;
export type TrafficReport = v.InferOutput<typeof traffic>;
