using System.Globalization;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Execution;

/// <summary>One named value of an event.</summary>
public readonly record struct EventAttribute(string Key, string Value)
{
    public EventAttribute(string key, ulong value) : this(key, value.ToString(NumberFormatInfo.InvariantInfo)) { }

    public EventAttribute(string key, in Address value) : this(key, value.ToString()) { }

    public EventAttribute(string key, in Hash256 value) : this(key, Hex.Lower(value.Span)) { }
}
