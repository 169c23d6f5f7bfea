using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Simulator.Cluster;
using Chain.Simulator.Options;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Simulator.Load;

/// <summary>
/// Who is let in, and who leaves: visitors ask for access and operators vote about it. The mover rotates its keys, gives up its
/// seat and asks for one again; the others vote it back.
/// </summary>
internal sealed class AdmissionLoad(ClusterWorld world, Dice dice)
{
    private static readonly byte Scope = Accreditations.RoleScope(Role.Provider);

    /// <summary>A visitor asks with its node's key, or leaves.</summary>
    public Message VisitorMessage(Address sender) => RequestAccess.Sign(
        ClusterGenesis.ChainId, sender, dice.Chance(700) ? AccessAction.Ask : AccessAction.Leave, dice.Pick(world.Keys.Visitors).First);

    /// <summary>A vote that others cast with the same words, so that it is decided one day.</summary>
    public Message Vote()
    {
        PublicKey visitor = dice.Pick(world.Keys.Visitors).First.PublicKey;
        Address mover = world.Options.Mover is { } place ? world.Keys.Operators[place].Address : default;
        return dice.Weighted([30, 10, mover == default ? 0 : 40, 10, 5]) switch
        {
            0 => Admit.GrantAccess(visitor, MarketTime.Never),
            1 => Admit.RevokeAccess(visitor),
            2 => Admit.GrantSeat(mover, MarketTime.Never),
            3 => Admit.GrantAccreditation(world.Keys.Operators[0].Address, Scope, MarketTime.Never),
            _ => Admit.RevokeAccreditation(world.Keys.Operators[0].Address, Scope),
        };
    }

    /// <summary>The mover's: another key, away, or back under another key.</summary>
    public Message MoverMessage(IStateReader state)
    {
        int place = world.Options.Mover!.Value;
        KeyLine keys = world.Keys.Validators[place];
        Address provider = world.Keys.Operators[place].Address;
        if (world.Keys.HeldBy(place, state) is not { } held)
        {
            return RequestSeat.SignAsk(ClusterGenesis.ChainId, provider, keys.Fresh(), world.Keys.Nodes[place].First);
        }
        return dice.Weighted([60, 25, 15]) switch
        {
            0 => RequestSeat.SignRotateConsensus(ClusterGenesis.ChainId, provider, held, keys.After(held)),
            1 => RequestSeat.Leave,
            _ => RotateNode(place, provider, state),
        };
    }

    private RequestSeat RotateNode(int place, Address provider, IStateReader state)
    {
        KeyLine nodes = world.Keys.Nodes[place];
        PrivateKey held = nodes.Holding(Seats.Of(state, provider)!.NodeKey);
        return RequestSeat.SignRotateNode(ClusterGenesis.ChainId, provider, held, nodes.After(held));
    }
}
