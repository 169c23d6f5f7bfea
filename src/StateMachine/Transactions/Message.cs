using Chain.Primitives.Codec;

namespace Chain.StateMachine.Transactions;

/// <summary>One thing that a transaction asks for. On the wire <c>[kind, version, fields…]</c>.</summary>
public abstract record Message
{
    public abstract MessageKind Kind { get; }

    /// <summary>Version of the kind; each has its own fields and rules.</summary>
    public virtual byte Version => 1;

    /// <summary>Writes as many values as the kind's <see cref="KindEntry.FieldCount"/> says.</summary>
    public abstract void WriteFields(ref MessagePackWriter writer);
}
