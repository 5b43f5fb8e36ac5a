/** Who does what to an object: titles of columns and rows, the same in every format. */
export const actions = {
  creates: "Created by",
  updates: "Updated by",
  repairs: "Repaired by",
  deletes: "Deleted by",
} as const;
