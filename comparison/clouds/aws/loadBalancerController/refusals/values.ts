/** Refusals of words, numbers and lists that the controller cannot read. pkg/annotations/parser.go */
import type { ServiceFacts } from "../../../../model/service.ts";
import { truth } from "../../../truth.ts";
import { annotation, annotationNames, int32, keyValues } from "../annotations.ts";
import type { AnnotationName } from "../annotations.ts";
import { upstream } from "../upstream.ts";
import type { Refusal } from "./refusal.ts";

const parser = "pkg/annotations/parser.go";

/** @param isRead whether the controller reads it for this Service. @default always */
export function isTruth(
  name: AnnotationName,
  isRead: (service: ServiceFacts) => boolean = () => true,
): Refusal {
  return {
    id: `truth-${name}`,
    refused: `\`${annotationNames[name]}\` with a word that Go's \`strconv.ParseBool\` does not know, such as \`yes\``,
    by: "controller",
    source: upstream(parser, "ParseBoolAnnotation"),
    reason({ service }) {
      const value = annotation(service, name);
      return value === undefined || truth(value) !== undefined || !isRead(service)
        ? undefined
        : `failed to parse bool annotation, ${annotationNames[name]}: ${value}; allowed are true and false`;
    },
  };
}

export function isNumber(name: AnnotationName): Refusal {
  return {
    id: `number-${name}`,
    refused: `\`${annotationNames[name]}\` that is not a whole number of 32 bits`,
    by: "controller",
    source: upstream(parser, "ParseInt32Annotation"),
    reason({ service }) {
      const value = annotation(service, name);
      return value === undefined || int32(value) !== undefined
        ? undefined
        : `failed to parse int32 annotation, ${annotationNames[name]}: ${value}; it must be a whole number`;
    },
  };
}

/** @param names the annotations, of which a Service may have several: one for each port */
export function isMap(
  id: AnnotationName,
  refused: string,
  names: (service: ServiceFacts) => readonly string[] = () => [annotationNames[id]],
): Refusal {
  return {
    id: `map-${id}`,
    refused: `${refused} that is not a list of \`key=value\` with commas between them`,
    by: "controller",
    source: upstream(parser, "ParseStringMapAnnotation, splitKeyValuePairs"),
    reason({ service }) {
      const wrong = names(service).find((name) => keyValues(service.annotations[name] ?? "") === undefined);
      return wrong === undefined
        ? undefined
        : `failed to parse stringMap annotation, ${wrong}: ${service.annotations[wrong] ?? ""}; it must be a list such as key=value,other=value`;
    },
  };
}

/** AWS's bounds of a number. */
export function isWithinBounds(
  name: AnnotationName,
  { min, max }: { readonly min: number; readonly max: number },
  source: string,
): Refusal {
  return {
    id: `bounds-${name}`,
    refused: `\`${annotationNames[name]}\` outside ${min} to ${max}`,
    by: "AWS",
    source,
    reason({ service }) {
      const value = int32(annotation(service, name) ?? "");
      return value === undefined || (value >= min && value <= max)
        ? undefined
        : `${annotationNames[name]} is ${value}; AWS allows ${min} to ${max}`;
    },
  };
}
