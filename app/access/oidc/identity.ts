// What does one see of the link between an account and an identity card?

/** Since when an account can be opened with an identity card; null where it cannot. */
export type Linked = { linkedAt: Date } | null
