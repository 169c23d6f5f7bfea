namespace Chain.Cli;

/// <summary>What the CLI needs of a node's composition.</summary>
internal sealed record NodeHosting
{
    public static NodeHosting Real { get; } = new();
}
