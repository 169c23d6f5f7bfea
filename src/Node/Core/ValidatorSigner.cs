using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Node.Signing;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Core;

/// <summary>
/// Signs for this validator behind the double-sign guard. The guard's new state is durable before a signature leaves this
/// class; there is no way around it.
/// </summary>
public sealed class ValidatorSigner
{
    private readonly PrivateKey _key;
    private readonly SignerStateFile _file;
    private readonly Hash256 _genesisHash;
    private readonly string _chainId;
    private readonly NodeClock _clock;

    public ValidatorSigner(
        PrivateKey key, SignerStateFile file, SignGuard guard, Hash256 genesisHash, string chainId, NodeClock clock)
    {
        _key = key;
        _file = file;
        Guard = guard;
        _genesisHash = genesisHash;
        _chainId = chainId;
        _clock = clock;
    }

    public PublicKey PublicKey => _key.PublicKey;

    /// <summary>What was signed last.</summary>
    public SignGuard Guard { get; private set; }

    public Input Sign(UnsignedVote vote)
    {
        SignRequest request = SignRequest.Of(vote, Timestamp.FromUnixMs(_clock.NowMs));
        SignCode code = TrySign(request, out Timestamp time, out Signature signature);
        return code == SignCode.None
            ? new Input.VoteSigned(vote.Sign(time, signature))
            : new Input.SignRefused(vote.Height, vote.Round, vote.Type, code);
    }

    public Input Sign(UnsignedProposal proposal)
    {
        SignCode code = TrySign(SignRequest.Of(proposal), out Timestamp time, out Signature signature);
        return code == SignCode.None
            ? new Input.ProposalSigned((proposal with { Timestamp = time }).Sign(signature), _clock.NowMs)
            : new Input.SignRefused(proposal.Height, proposal.Round, VoteType.Proposal, code);
    }

    private SignCode TrySign(SignRequest request, out Timestamp time, out Signature signature)
    {
        SignVerdict verdict = Guard.Check(_genesisHash, _chainId, request, out SignCode code);
        if (verdict == SignVerdict.Sign)
        {
            SignGuard next = Guard.After(_chainId, request, _key.Sign(request.SignBytes(_chainId)));
            _file.Save(next.Encode());
            Guard = next;
        }
        time = Guard.Timestamp;
        signature = Guard.Signature;
        return verdict == SignVerdict.Refuse ? code : SignCode.None;
    }
}
