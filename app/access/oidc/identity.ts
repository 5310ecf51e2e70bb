// What does one see of the link between an account and an identity card?

/** Since when an account can be opened with an identity card; null where it cannot. `againAt`: since when it must be linked anew before it can. */
export type Linked = { linkedAt: Date; againAt: Date | null } | null
