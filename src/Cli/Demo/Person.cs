using Chain.Primitives.Bytes;

namespace Chain.Cli.Demo;

/// <summary>Somebody in the story.</summary>
/// <param name="Name">As the story calls them.</param>
/// <param name="Key">Name of their key in the wallet.</param>
internal sealed record Person(string Name, string Key, Address Address);
