using System;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>One typed path.</summary>
/// <param name="Path">Without arguments, such as <c>/market/order</c>.</param>
/// <param name="IsList">True when it walks keys, which only the newest state can.</param>
public sealed record QueryEntry(string Path, bool IsList, Func<IStateReader, QueryArguments, QueryAnswer> Answer);
