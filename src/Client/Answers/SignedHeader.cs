using Chain.Primitives.Blocks;

namespace Chain.Client.Answers;

/// <summary>A header and the commit that decided it, as read; nothing is checked yet.</summary>
public sealed record SignedHeader(Header Header, Commit Commit);
