namespace Chain.Cli.Terminal;

/// <summary>A column of a table.</summary>
/// <param name="Drop">Which columns a narrow terminal leaves out, the highest first; 0 stays.</param>
internal sealed record RowColumn(string Heading, int Drop = 0);
