/** Whether the id of a security group is that of one that the program makes: its URN. */
export const isPlannedGroup = (id: string): boolean => id.startsWith("urn:");
