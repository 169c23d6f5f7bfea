namespace Chain.Node.Rpc.Server;

/// <summary>How a condition of a query compares.</summary>
internal enum QueryOperator
{
    Equal = 0,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    Exists,
}
