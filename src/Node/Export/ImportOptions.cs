using System.Collections.Generic;
using System.IO;
using Chain.Node.Hosting;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Export;

/// <summary>How a new home takes over the state of another chain.</summary>
/// <param name="State">Read and checked before any key of the home is made.</param>
/// <param name="Path">The file that it came from.</param>
/// <param name="Seat">Consensus address whose seat the new node's keys take, or null.</param>
public sealed record ImportOptions(ImportedState State, string Path, Address? Seat = null)
{
    /// <summary>The only seat of the state; null when there are several.</summary>
    public static Address? OnlySeat(ImportedState state) =>
        Seats.All(state.State) is [Seat seat] ? seat.ConsensusAddress : null;

    /// <summary>The state has this seat.</summary>
    public static bool HasSeat(ImportedState state, Address consensusAddress) => Seats.Load(state.State, consensusAddress) is not null;

    /// <summary>Puts the state file into the home, with the seat moved, and answers the genesis that begins with it.</summary>
    internal GenesisDocument Place(NodeHome home, InitOptions options, PublicKey validator, PublicKey node)
    {
        ImportedState state = State;
        if (Seat is { } seat)
        {
            StateFileHeader header = MoveSeat(seat, validator, node, out StateStore moved);
            StateFile.Write(home.GenesisStateFile, header, moved);
            state = StateFile.Read(home.GenesisStateFile);
        }
        else
        {
            File.Copy(Path, home.GenesisStateFile);
        }
        if (options.Genesis is { } existing)
        {
            GenesisImport.Load(existing, home.GenesisStateFile);
            return existing;
        }
        return GenesisOf(state, options.ChainId);
    }

    /// <summary>
    /// The genesis time is the time of the exported block, so that the pause between the chains counts as an outage: market
    /// time leaves it out.
    /// </summary>
    private static GenesisDocument GenesisOf(ImportedState state, string chainId)
    {
        List<GenesisValidator> validators = [];
        foreach (Validator validator in ValidatorSets.Next(state.State).Validators)
        {
            validators.Add(new GenesisValidator(validator.PublicKey, validator.Power, ""));
        }
        StateFileHeader from = state.Header;
        return new GenesisDocument(
            from.Time,
            chainId,
            from.Height.Value + 1,
            AppVersions.Current(state.State),
            Parameters.Load(state.State),
            validators,
            state.AppHash,
            [],
            [],
            [],
            [],
            [])
        {
            StateFile = new GenesisStateFile(from.ChainId, from.Height.Value, state.Sha256),
        };
    }

    private StateFileHeader MoveSeat(in Address seat, PublicKey validator, PublicKey node, out StateStore moved)
    {
        StateOverlay overlay = new(State.State);
        bool isMoved = SeatTransfer.TryMove(overlay, seat, validator, node);
        Invariant.Holds(isMoved, "the seat that is taken exists, and the new key is new");
        SortedDictionary<StateKey, byte[]?> pairs = [];
        foreach ((StateKey key, byte[]? value) in State.Pairs) pairs[key] = value;
        foreach ((StateKey key, byte[]? value) in overlay.Changes)
        {
            if (value is null) pairs.Remove(key);
            else pairs[key] = value;
        }
        ImportedState changed = new(State.Header, State.Sha256, [.. pairs]);
        moved = changed.State;
        return State.Header with { AppHash = changed.AppHash };
    }
}
