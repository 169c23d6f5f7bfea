using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Admission;

/// <summary>
/// A validator's vote for a proposal, which is the content of the message: the same content from validators with more than 2/3 of
/// the power takes effect. What the subject does not need is zero.
/// </summary>
/// <param name="IsGrant">False to revoke.</param>
/// <param name="Address">The provider of a seat, or who is accredited.</param>
/// <param name="NodeKey">Of an access.</param>
/// <param name="Scope">Of an accreditation (<see cref="Accreditations"/>).</param>
/// <param name="Expires">Market time from which a grant is not valid any more, <see cref="MarketTime.Never"/> for good; 0 when revoking.</param>
public sealed record Admit(
    AdmitSubject Subject, bool IsGrant, Address Address, PublicKey NodeKey, byte Scope, MarketTime Expires) : Message
{
    public const int FieldCount = 6;

    public override MessageKind Kind => MessageKind.Admit;

    /// <summary>SHA-256 of the fields: by it validators know that they mean the same.</summary>
    public Hash256 Id
    {
        get
        {
            MessagePackWriter writer = new();
            WriteFields(ref writer.Array(FieldCount));
            return Sha256.Hash(writer.Written);
        }
    }

    public static Admit GrantSeat(in Address provider, MarketTime expires) =>
        new(AdmitSubject.Seat, true, provider, default, 0, expires);

    public static Admit RevokeSeat(in Address provider) => new(AdmitSubject.Seat, false, provider, default, 0, default);

    public static Admit GrantAccess(in PublicKey nodeKey, MarketTime expires) =>
        new(AdmitSubject.Access, true, default, nodeKey, 0, expires);

    public static Admit RevokeAccess(in PublicKey nodeKey) => new(AdmitSubject.Access, false, default, nodeKey, 0, default);

    public static Admit GrantAccreditation(in Address address, byte scope, MarketTime expires) =>
        new(AdmitSubject.Accreditation, true, address, default, scope, expires);

    public static Admit RevokeAccreditation(in Address address, byte scope) =>
        new(AdmitSubject.Accreditation, false, address, default, scope, default);

    public override void WriteFields(ref MessagePackWriter writer) => writer
        .UInt((ulong)Subject).Bool(IsGrant).Bin(Address).Bin(NodeKey).UInt(Scope).UInt(Expires.Seconds);

    public static Message Read(ref MessagePackReader reader) => ReadFields(ref reader);

    internal static Admit ReadFields(ref MessagePackReader reader)
    {
        Admit admit = new(
            (AdmitSubject)reader.UInt8(),
            reader.Bool(),
            reader.Address(),
            reader.PublicKey(),
            reader.UInt8(),
            new MarketTime(reader.UInt()));
        if (!admit.IsWellFormed()) reader.Fail(DecodeCode.OutOfRange);
        return admit;
    }

    /// <summary>There is one way to write each proposal, so that all who mean it have the same hash.</summary>
    private bool IsWellFormed()
    {
        bool fits = Subject switch
        {
            AdmitSubject.Seat => NodeKey == default && Scope == 0,
            AdmitSubject.Access => Address == default && NodeKey != default && Scope == 0,
            AdmitSubject.Accreditation => NodeKey == default && Accreditations.IsScope(Scope),
            _ => false,
        };
        return fits && (Expires.Seconds != 0) == IsGrant;
    }
}
