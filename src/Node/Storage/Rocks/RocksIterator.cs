using System;
using Chain.Primitives;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Rocks;

/// <summary>A walk over one column. Belongs to one thread; the store may be disposed on another at any time.</summary>
internal sealed unsafe class RocksIterator(RocksDatabaseHandle database, RocksIteratorHandle handle, bool descending) : IKeyValueIterator
{
    private enum Place { BeforeFirst, AtPair, PastLast }

    private Place _place = Place.BeforeFirst;

    public ReadOnlySpan<byte> Key
    {
        get
        {
            CheckAtPair();
            byte* key = LibRocksDb.IteratorKey(handle, out nuint length);
            return new ReadOnlySpan<byte>(key, (int)length);
        }
    }

    public ReadOnlySpan<byte> Value
    {
        get
        {
            CheckAtPair();
            byte* value = LibRocksDb.IteratorValue(handle, out nuint length);
            return new ReadOnlySpan<byte>(value, (int)length);
        }
    }

    public bool MoveNext()
    {
        CheckOpen();
        // Moving an iterator that is past its end trips a native assertion, so the place is kept here.
        if (_place == Place.PastLast) return false;
        if (_place == Place.AtPair && descending) LibRocksDb.IteratorPrevious(handle);
        else if (_place == Place.AtPair) LibRocksDb.IteratorNext(handle);
        else if (descending) LibRocksDb.IteratorSeekToLast(handle);
        else LibRocksDb.IteratorSeekToFirst(handle);
        _place = LibRocksDb.IteratorValid(handle) != 0 ? Place.AtPair : Place.PastLast;
        if (_place == Place.AtPair) return true;
        byte* error = null;
        LibRocksDb.IteratorGetError(handle, &error);
        RocksErrors.ThrowIfSet(error, "The database cannot be read");
        return false;
    }

    public void Dispose() => handle.Dispose();

    private void CheckOpen() => ObjectDisposedException.ThrowIf(database.IsDisposed || handle.IsClosed, this);

    private void CheckAtPair()
    {
        CheckOpen();
        Invariant.Holds(_place == Place.AtPair, "an iterator is read where MoveNext said true");
    }
}
