// Which keys do tell that something is there, and why does that tell nobody what they could not know?

/** By table and columns. */
export const known: Record<string, string> = {
  'calendar_feed (token_hash)': 'the digest of a secret drawn by lot: whoever has the secret may read what it opens',
  'case_file (number)':
    'numbers run through the whole country, and the next free one is told to whoever refers: that those before it are taken is no news',
  'field_device (token_hash)': 'the digest of a secret drawn by lot',
  'passkey (credential_id)': 'drawn by lot by the key itself, and shown by it to nobody but its owner’s browser',
  'person_identity (subject_index)': 'the digest of a card under a key that the database does not have',
  'safe_contact (case_id, part)':
    'a part that is there is there for everybody of the network that may add one; only after the end of a case is it not shown',
  'setting (name, valid_from)': 'it is the rule of whose a setting is that answers, by its name',
}
