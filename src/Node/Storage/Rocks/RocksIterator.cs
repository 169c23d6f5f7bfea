using System;
using System.Runtime.InteropServices;
using Chain.Primitives;
using Chain.StateMachine.Store;
using RocksDbSharp;

namespace Chain.Node.Storage.Rocks;

/// <summary>A walk over one column. Belongs to one thread; the store may be disposed on another at any time.</summary>
internal sealed class RocksIterator : IKeyValueIterator
{
    private enum Place { BeforeFirst, AtPair, PastLast }

    private readonly RocksDatabase _database;
    private readonly RocksReference<Iterator> _reference;
    private readonly bool _descending;
    private Place _place = Place.BeforeFirst;

    /// <param name="source">What must stay open: the database's reference or that of a snapshot of it.</param>
    /// <param name="options">For this walk alone: the bounds go into it.</param>
    public RocksIterator(
        RocksDatabase database, SafeHandle source, ReadOptions options, Column column,
        ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending)
    {
        _database = database;
        _descending = descending;
        if (!from.IsEmpty) options.SetIterateLowerBound(from.ToArray());
        if (!to.IsEmpty) options.SetIterateUpperBound(to.ToArray());
        using RocksReference<RocksDb>.Use use = database.Reference.Acquire();
        RocksDb opened = use.Target;
        _reference = new RocksReference<Iterator>(source, () => opened.NewIterator(database.Family(column), options));
    }

    public ReadOnlySpan<byte> Key
    {
        get
        {
            CheckAtPair();
            using RocksReference<Iterator>.Use use = _reference.Acquire();
            return use.Target.GetKeySpan();
        }
    }

    public ReadOnlySpan<byte> Value
    {
        get
        {
            CheckAtPair();
            using RocksReference<Iterator>.Use use = _reference.Acquire();
            return use.Target.GetValueSpan();
        }
    }

    public bool MoveNext()
    {
        CheckOpen();
        // Moving an iterator that is past its end is undefined, so the place is kept here.
        if (_place == Place.PastLast) return false;
        using RocksReference<Iterator>.Use use = _reference.Acquire();
        Iterator walk = use.Target;
        if (_place == Place.AtPair && _descending) walk.Prev();
        else if (_place == Place.AtPair) walk.Next();
        else if (_descending) walk.SeekToLast();
        else walk.SeekToFirst();
        _place = walk.Valid() ? Place.AtPair : Place.PastLast;
        if (_place == Place.AtPair) return true;
        try
        {
            RocksNative.CheckError(walk);
            return false;
        }
        catch (RocksDbException exception)
        {
            throw RocksErrors.Of("The database cannot be read", exception);
        }
    }

    public void Dispose() => _reference.Dispose();

    private void CheckOpen() => ObjectDisposedException.ThrowIf(_database.IsDisposed || _reference.IsClosed, this);

    private void CheckAtPair()
    {
        CheckOpen();
        Invariant.Holds(_place == Place.AtPair, "an iterator is read where MoveNext said true");
    }
}
